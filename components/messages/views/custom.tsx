import type { FaceProps } from "#components/messages/message-body.tsx";
import { SetText } from "#components/messages/set-text.tsx";

/** This frontend knows nobody's types: it shows what the sender wrote for such as it. */
export function CustomView({ content: { text } }: FaceProps<"custom">) {
  return <SetText text={text} />;
}
