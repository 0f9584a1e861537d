import type { ScheduledMessage } from "#contracts/messages/schedule.ts";
import { isReason } from "#contracts/refusals.ts";

export type ScheduledRow = {
  personId: string;
  clientId: string;
  conversationId: string;
  draft: { kind: string };
  preview: string;
  sendAt: Date;
  version: number;
  failure: string | null;
};

export function toScheduled(row: ScheduledRow): ScheduledMessage {
  const { clientId, conversationId, draft, preview, sendAt, failure } = row;
  const known = failure === null || isReason(failure) ? failure : "internal_error";
  return { clientId, conversationId, content: draft, preview, sendAt: sendAt.toISOString(), failure: known };
}
