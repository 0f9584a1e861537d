import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";
import type { Cache, Gap } from "#client/realtime/apply-event.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import { type MediaPage, mediaGroupOf, mediaGroups } from "#contracts/messages/media.ts";
import type { Message } from "#contracts/messages/message.ts";

/**
 * What is listed as media has no rev: pages have what they were answered, and an event that brings a message into a
 * group or out of it asks for those of the group anew. `gaps`: what other queries of the conversation missed, these did.
 */
export function applyToMedia(cache: Cache, event: ConversationEvent, gaps: Set<Gap>): void {
  const { queryClient, keys } = cache;
  const isHeld = queryClient.getQueryCache().find({ queryKey: keys.media(event.conversationId), exact: false });
  if (!isHeld) return;
  if (gaps.has("conversation") || gaps.has("timeline")) gaps.add("media");
  if (event.type === "message.sent") {
    const group = mediaGroupOf(event.message.content);
    if (group) void askAnew(queryClient, keys.media(event.conversationId, group));
  }
  if (event.type === "message.changed") applyChange(cache, event.message);
}

/** Resolves when the pages that are shown were asked for after the call. */
export async function askAnew(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  await Promise.all([
    // A first answer that is on its way may be older than what happened, and invalidating would wait for it.
    queryClient.resetQueries({
      queryKey,
      predicate: ({ state }) => state.data === undefined && state.fetchStatus === "fetching",
    }),
    queryClient.invalidateQueries({ queryKey }),
  ]);
}

/** A message that stays in its group is replaced where it is held: a reaction asks for nothing. */
function applyChange({ queryClient, keys }: Cache, message: Message): void {
  const group = mediaGroupOf(message.content);
  for (const of of mediaGroups) {
    const queryKey = keys.media(message.conversationId, of);
    const held = queryClient.getQueriesData<InfiniteData<MediaPage>>({ queryKey });
    const holds = held.some(([, data]) =>
      data?.pages.some(({ messages }) => messages.some(({ seq }) => seq === message.seq)),
    );
    if (holds && of === group) {
      queryClient.setQueriesData<InfiniteData<MediaPage>>({ queryKey }, (data) => data && withMessage(data, message));
    } else if (holds || (of === group && message.editedAt !== null)) void askAnew(queryClient, queryKey);
  }
}

const withMessage = (data: InfiniteData<MediaPage>, message: Message): InfiniteData<MediaPage> => ({
  ...data,
  pages: data.pages.map((page) => ({
    ...page,
    messages: page.messages.map((one) => (one.seq === message.seq ? message : one)),
  })),
});
