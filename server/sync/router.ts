import { syncList } from "#contracts/conversations.ts";
import { listHeads } from "#server/sync/list.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const syncRouter = router({
  /** The heads of all my conversations and my own rev: where am I behind? */
  list: procedure.output(syncList).query(({ ctx }) => listHeads(ctx.me)),
});
