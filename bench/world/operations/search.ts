/** Searching messages, and keeping their index. */
import { type Operations, range } from "#bench/world/operations/operation.ts";
import { sizesOf } from "#bench/world/sizes.ts";
import { indexQueued } from "#server/messages/search/indexing/index-messages.ts";
import { getPositions } from "#server/messages/search/positions.ts";
import { searchMessages } from "#server/messages/search/search.ts";

export const searchOperations: Operations = {
  "search all my conversations": async ({ me }) => {
    const { next } = await searchMessages(me(7), { query: "message usual", limit: 2 });
    await searchMessages(me(7), { query: "message usual", limit: 2, ...(next ? { after: next } : {}) });
  },
  "search for a word that others use": ({ me }) => searchMessages(me(7), { query: "nothing else" }),
  "search a part, a kind and a sender in the large community": ({ me, id, world }) =>
    searchMessages(me(7), {
      query: "mess",
      in: [id("community", sizesOf(world).large)],
      from: range(1, 3).map((n) => id("person", n)),
      kinds: ["text"],
      limit: 5,
    }),
  "find the days of the large community": ({ me, id, world }) =>
    getPositions(me(7), {
      conversationId: id("community", sizesOf(world).large),
      times: range(0, 31).map((day) => new Date(Date.now() - day * 86_400_000).toISOString()),
    }),
  "index what waits": () => indexQueued(),
};
