import type { Message } from "#contracts/messages/message.ts";
import type { LastReceiptsOutput, ReceiptChange, ReceiptMark, Receipts, ReceiptsOutput } from "#contracts/receipts.ts";

/** How far a message of mine has come; `read` includes `delivered`. */
export type ReceiptState = "sent" | "delivered" | "read";

/** Of all who were there when it was sent and share their receipts: what the last of them has. */
export function receiptOf(marks: readonly ReceiptMark[], { seq, sentAt }: Message): ReceiptState {
  const recipients = marks.filter((mark) => mark.joinedAt <= sentAt);
  if (recipients.length === 0) return "sent";
  return stateOf(
    seq,
    Math.min(...recipients.map((mark) => mark.deliveredSeq)),
    Math.min(...recipients.map((mark) => mark.readSeq)),
  );
}

function stateOf(seq: number, deliveredSeq: number, readSeq: number): ReceiptState {
  if (readSeq >= seq) return "read";
  return deliveredSeq >= seq ? "delivered" : "sent";
}

/** The marks after what was told. A person without a mark does not share theirs, or is loaded with the next answer. */
export function withReceipts(held: ReceiptsOutput, { changes }: Pick<Receipts, "changes">): ReceiptsOutput {
  const marks = held.marks.map((mark) =>
    changes.filter((change) => change.personId === mark.personId).reduce(furthest, mark),
  );
  return marks.every((mark, at) => mark === held.marks[at]) ? held : { marks };
}

type Mark = { deliveredSeq: number; readSeq: number };

/** Marks never go back, and what is read is delivered. */
function furthest<Held extends Mark>(
  mark: Held,
  { deliveredSeq = 0, readSeq = 0 }: Omit<ReceiptChange, "personId">,
): Held {
  const read = Math.max(mark.readSeq, readSeq);
  const delivered = Math.max(mark.deliveredSeq, deliveredSeq, read);
  if (read === mark.readSeq && delivered === mark.deliveredSeq) return mark;
  return { ...mark, readSeq: read, deliveredSeq: delivered };
}

/** The same for the list, of a direct conversation, in which the other person is the only recipient. */
export function withLastReceipt(held: LastReceiptsOutput, { conversationId, changes }: Receipts): LastReceiptsOutput {
  const known = held.receipts.find((one) => one.conversationId === conversationId);
  const before = known ?? { conversationId, deliveredSeq: 0, readSeq: 0 };
  const after = changes.reduce(furthest, before);
  if (after === before) return held;
  return { receipts: [...held.receipts.filter((one) => one !== known), after] };
}

/** Null where it is not known. */
export function lastReceiptOf(held: LastReceiptsOutput, conversationId: string, seq: number): ReceiptState | null {
  const known = held.receipts.find((one) => one.conversationId === conversationId);
  return known ? stateOf(seq, known.deliveredSeq, known.readSeq) : null;
}
