import { neighbourBefore } from "#contracts/markup/edges.ts";

/** The longest shortcode in use has 36. */
const longest = 40;
/** Behind these a colon begins a shortcode; behind a letter or a digit it is one of an address, a time, a sentence. */
const before = /[\s，。！？；、（「『“]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{RI}|[\ufe0f\u20e3]/u;
/** Two characters, so that ":D" and ":3" are what they are; one where one is a word. */
const word = /^(?:\p{scx=Hani}[\p{L}\p{N}]*|(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}\p{M}_+-]+|[+-]1)$/u;

/** Is an emoji being named at the caret, as in ":smi"? `start` is where its colon stands; Chinese keyboards write "：". */
export function shortcodeAt(text: string, caret: number): { start: number; query: string } | null {
  const start = Math.max(text.lastIndexOf(":", caret - 1), text.lastIndexOf("：", caret - 1));
  if (caret < 1 || start < 0 || caret - start - 1 > longest) return null;
  const left = neighbourBefore(text, start, 0);
  if (left !== undefined && !before.test(left)) return null;
  const query = text.slice(start + 1, caret);
  return word.test(query) ? { start, query } : null;
}
