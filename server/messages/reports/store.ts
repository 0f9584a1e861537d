import type { MessageReportInput } from "#contracts/messages/report.ts";
import type { Tx } from "#server/db/sql.ts";

/** Keeps a report with the message as it is in this statement. The first report of a person stays as it is. */
export async function insertReport(
  tx: Tx,
  personId: string,
  { conversationId, seq, reason, note }: MessageReportInput,
): Promise<void> {
  await tx`
    insert into message_reports (person_id, conversation_id, seq, reason, note, content)
    select ${personId}, m.conversation_id, m.seq, ${reason}, ${note}, m.content from messages m
    where m.conversation_id = ${conversationId} and m.seq = ${seq}
    on conflict do nothing
  `;
}
