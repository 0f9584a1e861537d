import { expect, test } from "vitest";
import { addressesOf, type Inline, parseMarkup } from "#contracts/markup.ts";
import { read } from "#tests/contracts/_set.ts";

type Link = Extract<Inline<never>, { type: "link" }>;
const linksIn = (text: string) => {
  const inside = (child: Inline<never>): Link[] => {
    if ("children" in child) return child.children.flatMap(inside);
    return child.type === "link" ? [child] : [];
  };
  return parseMarkup(text).flatMap((block) => (block.type === "fence" ? [] : block.children.flatMap(inside)));
};
const found = (text: string) => linksIn(text).map((link) => link.text);

/** Each whole line is one address. The shapes are those that linkify-it's and GFM's own tests cover. */
test.each([
  "http://example.org",
  "HTTPS://EXAMPLE.ORG/A",
  "http://example.org/",
  "http://example.org:8080/a/b.html?c=d&e=%20#f",
  "http://example.org?a=b",
  "http://example.org#a",
  "http://example.org/a_b_(c)_(d)",
  "http://example.org/a_(b)?c#d",
  "http://example.org/[a]{b}",
  "http://example.org/?a[]=1&b={2}",
  "http://example.org/a,b;c:d!e'f",
  "http://example.org/~user/*/-_=+$@x",
  "http://example.org/a..b/...c",
  "http://user:pass@example.org:21/a",
  "http://user@example.org",
  "http://a_b.example.org/c",
  "http://a-b--c.example.org",
  "http://localhost:3000/x",
  "http://127.0.0.1:1/",
  "http://[2001:db8::1]:80/x",
  "http://xn--fsqu00a.xn--0zwm56d/",
  "http://例子.测试/路径",
  "http://münchen.example/ä",
  "http://مثال.إختبار/",
  "http://example.org/✪/😀",
  "https://ru.example.org/wiki/Москва_(город)",
  "www.example.rs/path?x=y",
  "www.example.org",
  "example.org",
  "sub.example.co.uk/a",
  "GitHub.com/a",
  "EXAMPLE.COM",
  "example.org:8080/a",
  "почта.рф",
  "münchen.de",
  "a_b.example.org",
  "ada@example.org",
  "ada.l+tag_1%x@mail.example.museum",
  "ada@münchen.example",
  "mailto:ada@example.org",
])("%s is an address", (text) => {
  expect(found(text)).toEqual([text]);
  expect(found(`(${text}), "${text}"; ${text}. ${text}`)).toEqual([text, text, text, text]);
});

test.each([
  "README.md main.rs run.sh foo.py lib.so main.cc page.ps script.pl a.zip b.mov c.js d.ts",
  "end.It was. U.S. e.g. i.e. v1.2.3 3.14 1.000.000 a.b .com com. ..org",
  "http:// https://. http://? ://x.org //x.org",
  "ftp://example.org javascript://example.org/%0a file:///etc/passwd",
  "ada@example ada@ @ada @ada@social.example a@b@c.org .@x.org a..b@x.org",
  "path/to/example.org C:\\example.org a.b.example.org@",
  "foo.me() process.env.in(x)",
  "http://1.2.3.4.5.6 http://[::g]/",
])("no address in: %s", (text) => expect(found(text)).toEqual([]));

test.each([
  ["看https://x.example/a。后", "https://x.example/a"],
  ["看https://x.example，后", "https://x.example"],
  ["「https://x.example/a」", "https://x.example/a"],
  ["https://x.example看看", "https://x.example"],
  ["https://x.example:80看看", "https://x.example:80"],
  ["访问x.example.com看看", "x.example.com"],
  ["ดูhttps://x.example/aที่นี่", "https://x.example/aที่นี่"],
  ["example.com에서", "example.com"],
  ["seehttps://x.example/a", "https://x.example/a"],
  ["见ada@x.example吧", "ada@x.example"],
  ["<https://x.example/a>", "https://x.example/a"],
  ["[a](https://x.example/a)", "https://x.example/a"],
  ["https://x.example/a...", "https://x.example/a"],
  ["https://x.example/a?!", "https://x.example/a"],
  ["https://x.example/(a", "https://x.example/(a"],
  ["https://x.example/a\u202eb", "https://x.example/a"],
  ["https://x.example/a\u200bb", "https://x.example/a"],
  ["https://x.example/a\u0000b", "https://x.example/a"],
  ["https://x.example\\@evil.example", "https://x.example"],
])("where the address in %j ends", (text, address) => expect(found(text)).toEqual([address]));

test.each([
  ["**https://x.example/a**", "<bold><https://x.example/a></bold>"],
  ["*https://x.example/a*b*", "<italic><https://x.example/a*b></italic>"],
  ["_https://x.example/a_b_", "<italic><https://x.example/a_b></italic>"],
  [
    "~~https://x.example~~ ||https://x.example/||",
    "<strike><https://x.example></strike> <spoiler><https://x.example/></spoiler>",
  ],
  ["**see https://x.example/a**, ok", "<bold>see <https://x.example/a></bold>, ok"],
  ["https://x.example/_a_", "<https://x.example/_a_>"],
  ["https://x.example/a**b**", "<https://x.example/a**b**>"],
  ["`https://x.example/a`", "<code>https://x.example/a</code>"],
  ["https://x.example/`a`", "<https://x.example/><code>a</code>"],
  ["*see* https://a.example/_x_*y ok", "<italic>see</italic> <https://a.example/_x_*y> ok"],
])("code, then addresses, then emphasis: %j", (text, set) => expect(read(text)).toBe(set));

test("nothing that is in code or under a spoiler is previewed", () => {
  const text =
    "`https://a.example` ||https://b.example|| ||**https://c.example**||\n```\nhttps://d.example\n```\n> *https://e.example*\nx@f.example";
  expect(addressesOf(parseMarkup(text))).toEqual(["https://e.example"]);
});

test("a name at the place of an address is a name", () => {
  const text = "https://x.example/@Ada";
  const atoms = [{ start: 18, end: 22, atom: "name" }];
  expect(parseMarkup(text, { atoms })).toMatchObject([
    { children: [{ type: "text" }, { type: "atom", text: "@Ada" }] },
  ]);
});
