const defaultIgnorable = /\p{Default_Ignorable_Code_Point}/u;
/**
 * What leaves a mark on paper. Besides what Unicode's properties say: the glyphs that are drawn as nothing and have no
 * property for it (Braille and Egyptian blanks, the null notehead, the Khitan filler).
 */
const visible = /[^\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u;

/** Nothing to be seen: empty, spaces, and everything that Unicode or its fonts leave blank. */
export const isBlank = (text: string): boolean => !visible.test(text);

const joiner = /\p{Join_Control}/u;
const selector = /\p{Variation_Selector}/u;
const tag = /[\u{e0020}-\u{e007f}]/u;
const pictograph = /\p{Extended_Pictographic}/u;
/** What a ZWJ may follow in an emoji: a picture, its skin tone, its presentation, the end of a flag. */
const emojiPart = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u{e007f}/u;
const letter = /[\p{L}\p{M}]/u;
/** Letters of these join nothing, whatever stands between them: a joiner there only makes a name look like another. */
const unjoined =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Inherited}]/u;

/** Does an invisible mark change how the text is drawn where it stands? */
function shapes(mark: string, before: string, after: string): boolean {
  if (joiner.test(mark)) {
    if (emojiPart.test(before)) return pictograph.test(after);
    return letter.test(before) && !unjoined.test(before);
  }
  if (tag.test(mark)) return before === "\u{1f3f4}" || tag.test(before);
  return selector.test(mark) && before !== "" && !/\s/u.test(before) && !defaultIgnorable.test(before);
}

/**
 * A name without marks that cannot be seen: two names that look alike are alike. Those that shape what is seen stay:
 * joiners in emoji and in scripts that need them, presentation selectors, the tags of flags.
 */
export function dropInvisible(text: string): string {
  if (!defaultIgnorable.test(text)) return text;
  const points = [...text];
  let kept = "";
  let before = "";
  for (const [at, point] of points.entries()) {
    if (defaultIgnorable.test(point) && !shapes(point, before, points[at + 1] ?? "")) continue;
    kept += point;
    before = point;
  }
  return kept;
}
