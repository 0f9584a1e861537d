/** Searching as a client does, and an index that is filled. */
import type { SearchInput } from "#contracts/messages/search.ts";
import type { Me } from "#server/me.ts";
import { indexQueued } from "#server/messages/search/indexing/index-messages.ts";
import { callerOf } from "#tests/_people.ts";

/** All that waits, also of tests at the same time. */
export async function index(): Promise<void> {
  while ((await indexQueued()) > 0);
}

export const search = (me: Me, query: string, more: Partial<SearchInput> = {}) =>
  callerOf(me).messages.search({ query, ...more });

/** What was found, by its previews. */
export const found = async (me: Me, query: string, more: Partial<SearchInput> = {}) =>
  (await search(me, query, more)).hits.map(({ message }) => message.preview);
