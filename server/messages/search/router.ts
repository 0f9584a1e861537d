import { positions, positionsInput, searchInput, searchPage } from "#contracts/messages/search.ts";
import { getPositions } from "#server/messages/search/positions.ts";
import { searchMessages } from "#server/messages/search/search.ts";
import { procedure, router } from "#server/trpc/init.ts";

/** Apart from the other procedures of messages, which the worker serves, too: what it answers costs more than they do. */
export const searchRouter = router({
  /** A page of the messages that I may read with certain words, or of a sender, kind or time; the last sent first. */
  search: procedure
    .input(searchInput)
    .output(searchPage)
    .query(({ ctx, input }) => searchMessages(ctx.me, input)),

  /** Where times stand in a conversation: which days have messages, and where each begins. */
  positions: procedure
    .input(positionsInput)
    .output(positions)
    .query(({ ctx, input }) => getPositions(ctx.me, input)),
});
