import { LinkedText } from "#components/messages/linked-text.tsx";
import type { FaceProps } from "#components/messages/message-body.tsx";

const onlyEmoji =
  /^(?:\p{RI}\p{RI}|\p{Emoji_Presentation}\p{Emoji_Modifier}?(?:\u200d\p{Emoji_Presentation})*|\p{Emoji}\ufe0f){1,3}$/u;

export function TextView({ content: { text } }: FaceProps<"text">) {
  return (
    <span className={onlyEmoji.test(text) ? "block text-4xl leading-tight" : ""}>
      <LinkedText text={text} />
    </span>
  );
}
