import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressesOf, type Inline, mayBeMarkup, parseMarkup, plainOf } from "#contracts/markup.ts";
import { previewOf } from "#contracts/messages/kinds/index.ts";
import { read, show } from "#tests/contracts/_set.ts";

test.each([
  ["plain, 你好", "plain, 你好"],
  ["**bold** and *italic* and _italic_", "<bold>bold</bold> and <italic>italic</italic> and <italic>italic</italic>"],
  ["~~no~~ ||who did it||", "<strike>no</strike> <spoiler>who did it</spoiler>"],
  ["**both *at* once**", "<bold>both <italic>at</italic> once</bold>"],
  ["***both***", "<italic><bold>both</bold></italic>"],
  ["***a* b**", "<bold><italic>a</italic> b</bold>"],
  ["**a *b***", "<bold>a <italic>b</italic></bold>"],
  ["**粗体**正文", "<bold>粗体</bold>正文"],
  ["**注意：**正文", "<bold>注意：</bold>正文"],
  ["这是**“重点”**内容", "这是<bold>“重点”</bold>内容"],
  ["**굵게**는", "<bold>굵게</bold>는"],
  ["😀**x**😀", "😀<bold>x</bold>😀"],
  ["**Yes**/**no**, (*maybe*).", "<bold>Yes</bold>/<bold>no</bold>, (<italic>maybe</italic>)."],
  ["**never closed", "**never closed"],
  ["*a **b* c**", "<italic>a **b</italic> c**"],
  ["*one\n\ntwo*", "*one\n\ntwo*"],
  ["a > b", "a > b"],
  ["one\ntwo", "one\ntwo"],
  ["> said *he*\n> twice\nyes", "> said <italic>he</italic>\ntwice¶yes"],
  ["", ""],
])("%j is set as %j", (text, set) => expect(read(text)).toBe(set));

test.each([
  "2*3*4",
  "2 * 3 * 4",
  "snake_case_name and __init__",
  "a||b||c",
  "a || b || c",
  "好呀~~",
  "好呀~~来嘛~~ 走",
  "****",
  "~~~~ ||||",
  "~~~",
  "``",
  "C:\\*.*",
  "C:\\_old_\\x",
  "¯\\_(ツ)_/¯",
  "snake\\_case",
  "(*^_^*) (*^o^*) ヽ(*>∇<)ﾉ",
  "(*´ω`*) and (*´ω`*)",
  "(´・ω・`) (´・ω・`)",
  "(*_*) *_* T_T ^_^ >_< -_- o_O (_ _) (~~)",
  "*.ts, *.js and **/*.md",
  "f(*args, **kwargs), g(*args, **kwargs)",
  "/*comment*/ /** doc */",
  "price* and terms*",
  "* one\n* two",
  "`one\ntwo`",
])("%j is what it says", (text) => expect(read(text)).toBe(text));

test.each([
  ["\\*not\\* \\**not\\** \\||not\\||", "*not* **not** ||not||"],
  ["\\`no code\\`", "`no code`"],
  ["2 \\* 3", "2 * 3"],
  ["\\> no quote", "> no quote"],
  ["a \\> b \\\\ \\n", "a \\> b \\\\ \\n"],
  ["\\*not *but*", "*not <italic>but</italic>"],
])("a backslash shows the mark after it, and only then disappears: %j", (text, set) => expect(read(text)).toBe(set));

test.each([
  ["`**not bold**`", "<code>**not bold**</code>"],
  ["``a`b`` and `` ` ``", "<code>a`b</code> and <code>`</code>"],
  ["```code``` here", "<code>code</code> here"],
  ["**`code`** *`code`*", "<bold><code>code</code></bold> <italic><code>code</code></italic>"],
  ["调用`foo`即可, use`it`", "调用<code>foo</code>即可, use<code>it</code>"],
  ["*a `b* c`", "*a <code>b* c</code>"],
])("code comes first: %j", (text, set) => expect(read(text)).toBe(set));

describe("a fence", () => {
  const fence = (text: string, language = "") => ({ type: "fence", language, text });
  test.each([
    ["see\n```ts\nconst a = **1**;\n\n> x\n```\nthere", ["see", fence("const a = **1**;\n\n> x", "ts"), "there"]],
    ["```\na```", [fence("a")]],
    ["```\n```", [fence("")]],
    ["````md\n```\na\n```\n````\n", [fence("```\na\n```", "md")]],
    ["```\nnever closed", ["```\nnever closed"]],
  ])("keeps what is in it, and the lines around it: %j", (text, blocks) => {
    expect(show(parseMarkup<string>(text))).toEqual(blocks);
  });
});

test("nothing inside a name is syntax, and a name in code is code", () => {
  const text = "*see* @Ada_L_ and `@Ada_L_`";
  const [first, second] = [text.indexOf("@"), text.lastIndexOf("@")];
  const atoms = [first, second].map((start) => ({ start, end: start + 7, atom: "name" }));
  expect(show(parseMarkup(text, { atoms }))).toEqual(["<italic>see</italic> <name> and <code>@Ada_L_</code>"]);
});

describe("a preview", () => {
  const preview = (text: string) => previewOf({ kind: "text", text });

  test("has no marks, and keeps spoilers to itself", () => {
    expect(plainOf(parseMarkup("**It was** ||the gardener||, `code`"))).toBe("It was ▒▒▒, code");
  });

  test("of a long text keeps a spoiler too that ends behind its beginning", () => {
    expect(preview(`It was ||the gardener ${"who ".repeat(500)}||`)).toBe("It was ▒▒▒…");
    expect(preview(`\`\`\`js\n${"x".repeat(2_000)}\n\`\`\``)).toBe(`${"x".repeat(139)}…`);
    expect(preview(`a${" ".repeat(2_000)}b`)).toBe("a…");
    expect(preview(`${"\n".repeat(2_000)}b`)).toBe("b");
  });

  test("never cuts what people see as one character", () => {
    const family = "👨‍👩‍👧‍👦";
    expect(preview(family.repeat(50))).toBe(family.repeat(50));
    expect(preview("e\u0301".repeat(200))).toBe(`${"e\u0301".repeat(139)}…`);
    expect(preview("🇩🇪".repeat(150))).toBe(`${"🇩🇪".repeat(139)}…`);
    expect(preview("👍🏽".repeat(140))).toBe("👍🏽".repeat(140));
  });

  test("is short even where one character is not", () => {
    expect(preview(`a${"\u0301".repeat(9_000)}`).length).toBeLessThan(610);
  });
});

const piece = fc.constantFrom("**", "*", "_", "~~", "||", "`", "```", "\n", "> ", " ", "a", "字", "😀", "https://a.b/");
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

describe("for any text", () => {
  test("no letter is lost, doubled or moved", () => {
    const letters = (words: string) => words.replace(/[^a字😀]/gu, "");
    const all = (children: readonly Inline<never>[]): string =>
      children.map((child) => ("children" in child ? all(child.children) : child.text)).join("");
    fc.assert(
      fc.property(anyText, (text) => {
        const heard = parseMarkup(text)
          // The language of a fence is not said.
          .map((block) => (block.type === "fence" ? block.language + block.text : all(block.children)))
          .join("");
        expect(letters(heard)).toBe(letters(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test("names that others place anywhere in it change no letter", () => {
    const place = fc.record({ start: fc.nat(80), end: fc.nat(90), atom: fc.constant("name") });
    fc.assert(
      fc.property(anyText, fc.array(place), (text, places) => {
        const atoms = places.toSorted((a, b) => a.start - b.start);
        const all = (children: readonly Inline<string>[]): string =>
          children.map((child) => ("children" in child ? all(child.children) : child.text)).join("");
        const said = parseMarkup<string>(text, { atoms }).map((block) =>
          block.type === "fence" ? block.language + block.text : all(block.children),
        );
        expect(said.join("").replace(/[^a字😀]/gu, "")).toBe(text.replace(/[^a字😀]/gu, ""));
      }),
      { numRuns: 1_000 },
    );
  });

  test("its previewed addresses are in it, and none is in code or in a spoiler", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const url of addressesOf(parseMarkup(`${text}\n\n||https://secret.example|| \`https://code.example\``))) {
          expect(url).toMatch(/^https:\/\/a\.b\//);
        }
      }),
    );
  });
});

test("what may not be markup is said as it is", () => {
  const part = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom(
      "http://a.example/b_c",
      "www.example.com",
      "a@b.example",
      "*a*",
      "_b_",
      "`",
      "> ",
      "- x",
      "# y",
      " ",
    ),
  );
  let plain = 0;
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join("")),
      (text) => {
        if (mayBeMarkup(text)) return;
        plain += 1;
        expect(plainOf(parseMarkup(text))).toBe(text);
      },
    ),
    { numRuns: 3_000 },
  );
  expect(plain).toBeGreaterThan(300);
});
