import { shorten } from "#contracts/graphemes.ts";
import { limits } from "#contracts/limits.ts";
import type { RecordItem } from "#contracts/messages/forward.ts";
import { type Content, previewOf } from "#contracts/messages/kinds/index.ts";
import type { Sources } from "#server/messages/forward/sources.ts";
import { Refusal } from "#server/refusal.ts";

/** Graphemes of a line in the bubble of a record. */
const lineLength = 60;

/**
 * Freezes messages in one record: its content, and the items that are read when it is opened. Refuses `record_too_large`
 * for more bytes than `limits.record.bytes`, and for more records inside each other than `limits.record.depth`.
 */
export function toRecord({ messages, of, names }: Sources): { content: Content; items: RecordItem[] } {
  const items = messages.map(
    ({ seq: _, ...message }): RecordItem => ({ ...message, preview: previewOf(message.content) }),
  );
  if (depthOf(items) > limits.record.depth || bytesOf(items) > limits.record.bytes)
    throw new Refusal("record_too_large");
  const lines = items.slice(0, limits.record.lines).map(({ name, content: { kind }, preview }) => ({
    name,
    kind,
    preview: shorten(preview, lineLength),
  }));
  return { content: { kind: "record", of, names, count: items.length, lines }, items };
}

const bytesOf = (items: RecordItem[]) => Buffer.byteLength(JSON.stringify(items));

const depthOf = (items: readonly RecordItem[]): number =>
  1 + Math.max(0, ...items.map(({ items: inside }) => (inside ? depthOf(inside) : 0)));
