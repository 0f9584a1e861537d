import { type Content, mentionsEveryone, previewOf, type Sendable } from "#contracts/messages/kinds/index.ts";
import type { MessageSendOutput } from "#contracts/messages/message.ts";
import { isQuiet } from "#server/bus/publish.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { storeSecret } from "#server/messages/answers/quiz.ts";
import { mentionEveryone } from "#server/messages/mentions/store.ts";
import { refusalFor, sendRates, toSendOutput } from "#server/messages/send/send-result.ts";
import { sendMessages } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/** `draft`: what the content was made from, where it was. */
type Sent = { conversationId: string; clientId: string; content: Content; draft?: Sendable };

/**
 * Stores one message inside the transaction of an operation that writes something else with it: the rules, the numbers and
 * the answers of `sendMessage`, and the same SQL function. Waits for the conversation's row and keeps it locked until
 * commit, so the operation calls it late. The one way of a message that mentions all members: who they are is read under
 * the lock. Refuses what `sendMessage` refuses.
 */
export async function sendInTransaction(
  tx: Tx,
  me: Me,
  { conversationId, clientId, content, draft }: Sent,
): Promise<MessageSendOutput> {
  const sending = { conversationId, clientId, content, me, preview: previewOf(content) };
  const options = { ...sendRates(), wait: true, quiet: isQuiet() };
  const [answer] = await sendMessages(tx, [sending], options);
  if (!answer) throw new Refusal("internal_error");
  const { outcome } = answer;
  if (outcome !== "stored" && outcome !== "duplicate") throw refusalFor(answer);
  if (outcome === "stored" && mentionsEveryone(content)) {
    await mentionEveryone(tx, { conversationId, seq: answer.seq, senderId: me.personId, sentAt: answer.sentAt });
  }
  if (outcome === "stored" && draft) await storeSecret(tx, { conversationId, seq: answer.seq }, draft);
  return toSendOutput(tx, sending, { ...answer, outcome });
}
