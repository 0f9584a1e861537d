let graphemes: Intl.Segmenter | undefined;

const flag = /^\p{Regional_Indicator}{2}$/u;
const keycap = /^[0-9#*]\ufe0f\u20e3$/u;
/** A picture with its skin tone, its presentation or the tags of a flag; several with joiners between them. */
const picture = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f|[\u{e0020}-\u{e007e}]+\u{e007f})?`;
const pictures = new RegExp(`^${picture}(?:\\u200d${picture})*$`, "u");
/** Drawn in colour. Unassigned pictographs are the emoji of a later Unicode than this program's. */
const colourful = /\p{Emoji_Presentation}|\ufe0f|\p{Unassigned}/u;

/** One emoji, however many code points it is made of: families, flags, keycaps. */
export function isOneEmoji(text: string): boolean {
  if (!flag.test(text) && !keycap.test(text) && !(pictures.test(text) && colourful.test(text))) return false;
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  const [first] = graphemes.segment(text);
  return first?.segment === text;
}
