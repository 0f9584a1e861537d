/** The readings of Chinese characters. 150 KB of tables: imported when a search begins and a name is Chinese. */
import { polyphonic } from "pinyin-pro";

/** The readings of each character of a text, in its order; what is not Chinese is its own reading. */
export function readingsOf(text: string): string[][] {
  const all = polyphonic(text, { toneType: "none", type: "array", v: true });
  // "ü" is written "v" by most input methods, and "u" where there is none.
  return all.map((readings) => readings.flatMap((one) => (/^[ln]v/.test(one) ? [one, one.replace("v", "u")] : [one])));
}
