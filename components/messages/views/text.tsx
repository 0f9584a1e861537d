import type { FaceProps } from "#components/messages/message-body.tsx";
import { SetText } from "#components/messages/set-text.tsx";
import { isFewEmoji } from "#contracts/emoji.ts";

export function TextView({ content: { text, mentions } }: FaceProps<"text">) {
  const large = isFewEmoji(text);
  return (
    <span className={large ? "block text-4xl leading-tight" : ""}>
      {large ? text : <SetText text={text} mentions={mentions} />}
    </span>
  );
}
