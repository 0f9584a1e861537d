import type { MessageViewProps } from "#components/messages/message-body.tsx";
import { RichText } from "#components/messages/rich-text.tsx";

/** This frontend knows nobody's types: it shows what the sender wrote for such as it. */
export function CustomView({ content: { text } }: MessageViewProps<"custom">) {
  return <RichText text={text} />;
}
