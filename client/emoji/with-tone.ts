import type { Emoji, SkinTone, TonedEmoji } from "#client/emoji/emoji-data.ts";

/** An emoji as this tone shows it, all people alike; itself, where it has no tones or `tone` is null. */
export function withTone({ emoji, toned }: Emoji, tone: SkinTone | null): TonedEmoji {
  const found = tone === null ? undefined : toned.find(({ tones }) => tones.every((one) => one === tone));
  return found ?? { emoji, tones: [] };
}
