import type { QueryKey } from "@tanstack/react-query";
import { withLastReceipt, withReceipts } from "#client/messages/receipts.ts";
import type { Cache } from "#client/realtime/apply-event.ts";
import type { ConversationList } from "#contracts/conversations.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { LastReceiptsOutput, Receipts, ReceiptsOutput } from "#contracts/receipts.ts";

/**
 * Receipts have no rev: they only go forward, and all are asked for after a connect. Says whether the list must ask how far
 * my last message has come: among many the slowest counts, whom this does not know.
 */
export function applyReceipts(cache: Cache, receipts: Receipts): boolean {
  const { queryClient, keys, meId } = cache;
  const changes = receipts.changes.filter((change) => change.personId !== meId);
  if (changes.length === 0) return false;
  const { conversationId } = receipts;
  applyToTimeline(cache, { conversationId, changes });
  void queryClient.invalidateQueries({ queryKey: keys.information });
  const inbox = queryClient.getQueryData<ConversationList>(keys.inbox);
  const conversation = inbox?.conversations.find((one) => one.id === conversationId);
  if (conversation?.kind !== "direct") return conversation?.lastMessage?.senderId === meId;
  applyTo<LastReceiptsOutput>(cache, keys.lastReceipts, (held) => withLastReceipt(held, { conversationId, changes }));
  return false;
}

/** A member who writes has read what came before; their own event says it without a receipt. */
export function applyOwnReading(cache: Cache, { conversationId, senderId, seq }: Message): void {
  if (senderId !== cache.meId)
    applyToTimeline(cache, { conversationId, changes: [{ personId: senderId, readSeq: seq }] });
}

function applyToTimeline(cache: Cache, receipts: Receipts): void {
  applyTo<ReceiptsOutput>(cache, cache.keys.receipts(receipts.conversationId), (held) => withReceipts(held, receipts));
}

/** An answer that is on its way may be older than what was told, so it is asked for again. */
function applyTo<Held>({ queryClient }: Cache, queryKey: QueryKey, after: (held: Held) => Held): void {
  if (queryClient.getQueryState(queryKey)?.fetchStatus === "fetching") void queryClient.invalidateQueries({ queryKey });
  else queryClient.setQueryData<Held>(queryKey, (held) => held && after(held));
}

/** After a connect: what was told meanwhile was missed. */
export function askReceiptsAnew(cache: Cache): void {
  const [path] = cache.keys.receipts("");
  askLastReceiptsAnew(cache);
  void cache.queryClient.invalidateQueries({
    predicate: ({ queryKey }) => JSON.stringify(queryKey[0]) === JSON.stringify(path),
  });
}

export function askLastReceiptsAnew({ queryClient, keys }: Cache): void {
  void queryClient.invalidateQueries({ queryKey: keys.lastReceipts });
}
