import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, type Inline, parseMarkup, plainOf } from "#contracts/markup.ts";

/** A reading for people: "<bold>x</bold>". */
const inline = (children: readonly Inline<string>[]): string =>
  children
    .map((child) => {
      if (child.type === "text") return child.text;
      if (child.type === "code") return `<code>${child.text}</code>`;
      if (child.type === "atom") return `<${child.atom}>`;
      return `<${child.type}>${inline(child.children)}</${child.type}>`;
    })
    .join("");
const show = (blocks: readonly Block<string>[]) =>
  blocks.map((block) =>
    block.type === "lines" ? inline(block.children) : block.type === "quote" ? `> ${inline(block.children)}` : block,
  );
const read = (text: string) => show(parseMarkup<string>(text)).join("¶");

test.each([
  ["plain, 你好", "plain, 你好"],
  ["**bold** and *italic* and _italic_", "<bold>bold</bold> and <italic>italic</italic> and <italic>italic</italic>"],
  ["~~no~~ ||who did it||", "<strike>no</strike> <spoiler>who did it</spoiler>"],
  ["**both *at* once**", "<bold>both <italic>at</italic> once</bold>"],
  ["**粗体**正文", "<bold>粗体</bold>正文"],
  ["`**not bold**`", "<code>**not bold**</code>"],
  ["snake_case_name and __init__", "snake_case_name and __init__"],
  ["2 * 3 * 4", "2 * 3 * 4"],
  ["**never closed", "**never closed"],
  ["*a **b* c**", "<italic>a **b</italic> c**"],
  ["****", "****"],
  ["a || b || c", "a || b || c"],
  ["``", "``"],
  ["> said *he*\n> twice\nyes", "> said <italic>he</italic>\ntwice¶yes"],
  ["a > b", "a > b"],
  ["one\ntwo", "one\ntwo"],
  ["", ""],
])("%j is set as %j", (text, set) => expect(read(text)).toBe(set));

test("a fence keeps what is in it, and the lines around it", () => {
  expect(show(parseMarkup<string>("see\n```ts\nconst a = **1**;\n\n> x\n```\nthere"))).toEqual([
    "see",
    { type: "fence", language: "ts", text: "const a = **1**;\n\n> x" },
    "there",
  ]);
});

test("nothing inside an address or a name is syntax", () => {
  const text = "*see* https://a.example/_x_*y @Ada_L_ ok";
  const start = text.indexOf("https");
  const name = text.indexOf("@");
  const atoms = [
    { start, end: start + 21, atom: "link" },
    { start: name, end: name + 7, atom: "name" },
  ];
  expect(show(parseMarkup(text, atoms))).toEqual(["<italic>see</italic> <link>*y <name> ok"]);
});

test("a preview has no marks, and keeps spoilers to itself", () => {
  expect(plainOf(parseMarkup("**It was** ||the gardener||, `code`"))).toBe("It was ▒▒▒, code");
});

const piece = fc.constantFrom("**", "*", "_", "~~", "||", "`", "```", "\n", "> ", " ", "a", "字", "😀");
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

describe("for any text", () => {
  test("no letter is lost, doubled or moved", () => {
    const letters = (words: string) => words.replace(/[^a字😀]/gu, "");
    const all = (children: readonly Inline<never>[]): string =>
      children.map((child) => ("children" in child ? all(child.children) : child.text)).join("");
    fc.assert(
      fc.property(anyText, (text) => {
        const kept = parseMarkup(text).map((block) => (block.type === "fence" ? block.text : all(block.children)));
        // The language of a fence is not said.
        const said = text.includes("```") ? text.replaceAll(/```a*/g, "```") : text;
        const heard = kept.join("");
        if (text.includes("```")) expect(letters(heard).length).toBeGreaterThanOrEqual(letters(said).length);
        else expect(letters(heard)).toBe(letters(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test("a long text of nothing but marks is read in time that grows with its length", () => {
    const once = (mark: string, length: number) => {
      const began = performance.now();
      parseMarkup(mark.repeat(length));
      return performance.now() - began;
    };
    // The best of several: whatever else the machine does only adds.
    const best = (mark: string, length: number) => Math.min(...Array.from({ length: 7 }, () => once(mark, length)));
    for (const mark of ["*", "**a", "_a ", "~~|", "`a", "> *\n", "||a **b ~~c "]) {
      // Ten times as much; quadratic would take a hundred times as long.
      expect(best(mark, 20_000) / Math.max(0.2, best(mark, 2_000)), mark).toBeLessThan(50);
    }
  });
});
