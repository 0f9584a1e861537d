import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { RichText } from "#components/messages/rich-text.tsx";

/** This frontend knows no custom types: it shows the fallback text that the sender gave. */
export function CustomView({ content: { text } }: MessageViewProps<"custom">) {
  return <RichText text={text} />;
}
