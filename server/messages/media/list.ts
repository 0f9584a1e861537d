import { limits } from "#contracts/limits.ts";
import type { MediaInput, MediaPage } from "#contracts/messages/media.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readMediaAfter, readMediaBefore } from "#server/messages/media/store.ts";
import { toMessage } from "#server/messages/view.ts";

/** Above every seq. */
const end = 2_147_483_647;

/**
 * A page of what a conversation has of a group (pictures and films, files, links, voices), in seq order, from one
 * snapshot: before a seq, after a seq, around a seq, or the newest. Without what I deleted for me, what was recalled, and
 * what is below my `visibleFromSeq`. The side of `before` or `after` itself is said to have more. Refuses `not_found`.
 */
export async function listMedia(me: Me, input: MediaInput): Promise<MediaPage> {
  const { conversationId, of, before, after, around } = input;
  const limit = input.limit ?? limits.page.default;
  const scope = { personId: me.personId, conversationId, of };
  return snapshot(async (tx) => {
    await authorizeMember(tx, me, conversationId);
    // One more than wanted says whether there are others.
    const readOlder = async (below: number, most: number) => {
      const rows = await readMediaBefore(tx, scope, below, most + 1);
      return { messages: rows.slice(0, most).reverse().map(toMessage), hasOlder: rows.length > most };
    };
    const readNewer = async (above: number, most: number) => {
      const rows = await readMediaAfter(tx, scope, above, most + 1);
      return { messages: rows.slice(0, most).map(toMessage), hasNewer: rows.length > most };
    };
    if (after !== undefined) return { ...(await readNewer(after, limit)), hasOlder: true };
    if (around === undefined) {
      return { ...(await readOlder(before ?? end, limit)), hasNewer: before !== undefined };
    }
    const older = await readOlder(around, Math.floor(limit / 2));
    const newer = await readNewer(around - 1, Math.ceil(limit / 2));
    return { ...older, ...newer, messages: [...older.messages, ...newer.messages] };
  });
}
