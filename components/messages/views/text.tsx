import type { FaceProps } from "#components/messages/message-body.tsx";
import { SetText } from "#components/messages/set-text.tsx";

const onlyEmoji =
  /^(?:\p{RI}\p{RI}|\p{Emoji_Presentation}\p{Emoji_Modifier}?(?:\u200d\p{Emoji_Presentation})*|\p{Emoji}\ufe0f){1,3}$/u;

export function TextView({ content: { text, mentions } }: FaceProps<"text">) {
  const large = onlyEmoji.test(text);
  return (
    <span className={large ? "block text-4xl leading-tight" : ""}>
      {large ? text : <SetText text={text} mentions={mentions} />}
    </span>
  );
}
