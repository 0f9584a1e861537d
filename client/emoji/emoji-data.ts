import { createSearch } from "#client/emoji/search-emoji.ts";
import { qualifiedEmoji } from "#contracts/emoji.ts";

/** In the order of Unicode's list; the numbers are the data's. People's hair and skin (2) are parts of others. */
const groupNumbers = {
  smileys: 0,
  people: 1,
  animals: 3,
  food: 4,
  travel: 5,
  activities: 6,
  objects: 7,
  symbols: 8,
  flags: 9,
} as const;
export type EmojiGroup = keyof typeof groupNumbers;
export const emojiGroups = Object.keys(groupNumbers) as EmojiGroup[]; // the keys of the object above

/** A skin tone from the lightest (1) to the darkest (5). */
export type SkinTone = 1 | 2 | 3 | 4 | 5;

/** An emoji with skin tones: one for each person in it whose tone can differ. */
export type TonedEmoji = { emoji: string; tones: SkinTone[] };

export type Emoji = {
  /** Qualified (`contracts/emoji.ts`), without a skin tone. */
  emoji: string;
  group: EmojiGroup;
  names: { en: string; zh: string };
  /** Words it is found by, of both languages. */
  keywords: string[];
  /** As they are written between colons: `tada`. */
  shortcodes: string[];
  /** Empty for one without people. */
  toned: TonedEmoji[];
};

export type EmojiList = {
  /** In the order of Unicode. */
  all: readonly Emoji[];
  /** An emoji and its tones by its text; undefined for what is not in the list. */
  find: (text: string) => FoundEmoji | undefined;
  /** The best for a query first, at most `most`; see `search-emoji.ts`. */
  search: (query: string, most: number) => Emoji[];
};
type FoundEmoji = { entry: Emoji; toned: TonedEmoji };

/** Unicode's list with the names and keywords of CLDR, as the package has it for one language. */
type Row = {
  emoji: string;
  group: number;
  annotation: string;
  tags: string[];
  shortcodes?: string[];
  skins?: { emoji: string; tone: SkinTone | SkinTone[] }[];
};

let loading: Promise<EmojiList> | undefined;

/** All emoji of Unicode; fetched once when they are first asked for. Rejects when the network fails. */
export function loadEmoji(): Promise<EmojiList> {
  loading ??= Promise.all([
    import("emoji-picker-element-data/en/emojibase/data.json", { with: { type: "json" } }),
    import("emoji-picker-element-data/zh/emojibase/data.json", { with: { type: "json" } }),
  ]).then(
    ([english, chinese]) => listOf(joined(english.default as Row[], chinese.default as Row[])), // the files' own format
    (error: unknown) => {
      loading = undefined; // the next opening tries again
      throw error;
    },
  );
  return loading;
}

function joined(english: readonly Row[], chinese: readonly Row[]): Emoji[] {
  const groups = new Map(emojiGroups.map((group) => [groupNumbers[group] as number, group]));
  const translated = new Map(chinese.map((row) => [row.emoji, row]));
  return english.flatMap((row) => {
    const group = groups.get(row.group);
    const { annotation, tags } = translated.get(row.emoji) ?? row;
    if (!group) return [];
    return {
      emoji: qualifiedEmoji(row.emoji),
      group,
      names: { en: row.annotation, zh: annotation },
      keywords: [...row.tags, ...tags],
      shortcodes: row.shortcodes ?? [],
      toned: (row.skins ?? []).map(({ emoji, tone }) => ({ emoji: qualifiedEmoji(emoji), tones: [tone].flat() })),
    };
  });
}

function listOf(all: readonly Emoji[]): EmojiList {
  const index = new Map<string, FoundEmoji>();
  for (const entry of all) {
    for (const toned of [{ emoji: entry.emoji, tones: [] }, ...entry.toned]) index.set(toned.emoji, { entry, toned });
  }
  const find = (text: string) => index.get(qualifiedEmoji(text));
  const search = createSearch(all);
  return {
    all,
    find,
    search: (query, most) => {
      const itself = find(query.trim());
      return itself ? [itself.entry] : search(query, most);
    },
  };
}
