import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { RichText } from "#components/messages/rich-text.tsx";
import { isFewEmoji } from "#contracts/emoji.ts";

export function TextView({ content: { text, mentions } }: MessageViewProps<"text">) {
  const large = isFewEmoji(text);
  return (
    <span className={large ? "block text-4xl leading-tight" : ""}>
      {large ? text : <RichText text={text} mentions={mentions} />}
    </span>
  );
}
