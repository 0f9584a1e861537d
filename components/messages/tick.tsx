import { Check, CheckCheck, CircleAlert, Clock } from "lucide-react";
import type { ReceiptState } from "#client/messages/receipts.ts";

/** How far a message of mine has come; the name of what it stands in says the same in words. */
export type Status = ReceiptState | "sending" | "failed";

const icons = { sending: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: CircleAlert } as const;

type TickProps = {
  status: Status;
  /** On a picture, where the colours of the page do not show. */
  onPicture?: boolean;
};

/** One tick: stored. Two: all recipients have it. Two in colour: all have read it. */
export function Tick({ status, onPicture = false }: TickProps) {
  const Icon = icons[status];
  const read = onPicture ? "text-sky-300" : "text-accent";
  const colour = status === "failed" ? "text-danger" : status === "read" ? read : "";
  return <Icon aria-hidden data-tick={status} className={`size-3.5 shrink-0 ${colour}`} />;
}
