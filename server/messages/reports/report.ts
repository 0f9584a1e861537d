import { allows } from "#contracts/messages/kinds/index.ts";
import type { MessageReportInput } from "#contracts/messages/report.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { insertReport } from "#server/messages/reports/store.ts";
import { readMessage } from "#server/messages/store.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Keeps a message, as it is now, for those who moderate. Reporting again is harmless and changes nothing; no one else is
 * told. Refuses `not_found` for what I may not read, `cannot_target_self`, `forbidden` for notices and recalled messages,
 * and `rate_limited`.
 */
export async function reportMessage(me: Me, input: MessageReportInput): Promise<{ done: true }> {
  await consumeRateLimit(`report:${me.personId}`, rates.report);
  return transaction(async (tx) => {
    const { visibleFromSeq } = await authorizeMember(tx, me, input.conversationId);
    const row = input.seq < visibleFromSeq ? null : await readMessage(tx, input.conversationId, input.seq);
    if (!row) throw new Refusal("not_found");
    if (row.senderId === me.personId) throw new Refusal("cannot_target_self");
    if (!allows(row.kind, "report")) throw new Refusal("forbidden");
    await insertReport(tx, me.personId, input);
    return { done: true };
  });
}
