import { useTranslations } from "next-intl";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { RichText } from "#components/messages/rich-text.tsx";
import { countFewEmoji } from "#contracts/emoji.ts";

/** Few emoji are pictures: the fewer, the larger. */
const sizes: Record<number, string> = { 1: "text-6xl", 2: "text-5xl", 3: "text-4xl" };

export function TextView({ content: { text, mentions } }: MessageViewProps<"text">) {
  const t = useTranslations("messages");
  const count = countFewEmoji(text);
  if (count === 0) {
    return (
      <span>
        <RichText text={text} mentions={mentions} />
      </span>
    );
  }
  return (
    <span
      role="img"
      aria-label={t("largeEmoji", { count, emoji: text })}
      className={`block leading-tight ${sizes[count]}`}
    >
      {text}
    </span>
  );
}
