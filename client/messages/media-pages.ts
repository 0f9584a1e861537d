import { mediaKey } from "#client/realtime/query-keys.ts";
import type { MediaGroup, MediaInput, MediaPage } from "#contracts/messages/media.ts";

type Side = Pick<MediaInput, "before" | "after" | "around">;
type Read = (input: MediaInput) => Promise<MediaPage>;

/** Pages of a group from the newest message to the oldest. */
export function newestMedia(read: Read, conversationId: string, of: MediaGroup) {
  const newest: Side = {};
  return {
    queryKey: [...mediaKey(conversationId, of), "newest"],
    queryFn: ({ pageParam }: { pageParam: Side }) => read({ conversationId, of, ...pageParam }),
    initialPageParam: newest,
    getNextPageParam: olderThan,
    staleTime: 0,
  };
}

/** Pages of pictures and films around a message, in both directions. */
export function picturesAround(read: Read, conversationId: string, seq: number) {
  const start: Side = { around: seq };
  const of = "pictures";
  return {
    queryKey: [...mediaKey(conversationId, of), "around", seq],
    queryFn: ({ pageParam }: { pageParam: Side }) => read({ conversationId, of, ...pageParam }),
    initialPageParam: start,
    getPreviousPageParam: olderThan,
    getNextPageParam: newerThan,
    staleTime: 0,
    gcTime: 0,
  };
}

function olderThan({ hasOlder, messages }: MediaPage): Side | undefined {
  const first = messages.at(0);
  return hasOlder && first ? { before: first.seq } : undefined;
}

/**
 * All pages are asked for anew from the first, one after the other. What the first one had may be recalled by then; the
 * page after it begins where it began before.
 */
function newerThan({ hasNewer, messages }: MediaPage, _pages: MediaPage[], side: Side): Side | undefined {
  if (!hasNewer) return undefined;
  const last = messages.at(-1)?.seq ?? (side.before === undefined ? undefined : side.before - 1);
  return last === undefined ? undefined : { after: last };
}
