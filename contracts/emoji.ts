/**
 * One emoji as UTS 51 builds it: a flag of two letters; a keycap; a picture with its style, its skin tone or the tags
 * of a region; or several of these joined. Code points that Unicode keeps for pictures of later versions count, so this
 * needs no list that grows old.
 */
const keycap = "[0-9#*]\\ufe0f?\\u20e3";
const styled = "(?:\\p{Emoji}\\ufe0f|\\p{Emoji_Presentation}|(?=\\p{Extended_Pictographic})\\P{Emoji})";
const toned = "\\p{Emoji_Modifier_Base}\\ufe0f?\\p{Emoji_Modifier}";
const tags = "(?:[\\u{e0020}-\\u{e007e}]+\\u{e007f})?";
/** Behind a joiner the style may be left out. */
const joined = `(?:${toned}|\\p{Extended_Pictographic}\\ufe0f?)`;
const emoji = `(?:\\p{RI}\\p{RI}|${keycap}|(?!\\p{RI})(?:${toned}|${styled}|\\p{Extended_Pictographic}(?=\\u200d))${tags}(?:\\u200d${joined})*)`;

const one = new RegExp(`^${emoji}$`, "u");
const few = new RegExp(`^${emoji}{1,3}$`, "u");
const each = new RegExp(emoji, "gu");
/** The longest emoji has fifteen UTF-16 units and some joiners may follow. */
const mostUnits = 120;

/** Whether a text is nothing but one to three emoji: it is shown large. */
export const isFewEmoji = (text: string): boolean => text.length <= mostUnits && few.test(text);

/** How many emoji a text is, when it is one to three and nothing else; 0 for every other text. */
export const countFewEmoji = (text: string): number => (isFewEmoji(text) ? (text.match(each)?.length ?? 0) : 0);

/**
 * The fully qualified form of one emoji: the same picture has one spelling. A picture that would be shown as text
 * carries U+FE0F, unless a skin tone follows; one that is a picture by itself does not.
 */
export const qualifiedEmoji = (text: string): string =>
  text
    .replaceAll("\ufe0f", "")
    .replace(/(?=\p{Emoji})(?!\p{RI})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gu, "$&\ufe0f");

/** Whether a text is exactly one emoji: the icon of a community, a reaction. */
export const isOneEmoji = (text: string): boolean => text.length <= mostUnits && one.test(text);
