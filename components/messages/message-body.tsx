import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { contentOf, viewOf } from "#components/messages/kinds/views.ts";
import { isStored } from "#components/messages/rows.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import type { Message } from "#contracts/messages/message.ts";

type BodyProps = { item: Message | PendingMessage; own: boolean; senderId: string };

export function MessageBody({ item, own, senderId }: BodyProps) {
  const known = contentOf(item);
  const kind = viewOf(known);
  const previewText = usePreviewText();
  if (!known || !kind) return isStored(item) ? previewText(item.content.kind, item.preview) : null;
  const { conversationId, clientId } = item;
  const seq = isStored(item) ? item.seq : null;
  return <kind.View {...{ content: known, own, conversationId, senderId, clientId, seq }} />;
}
