/** What to show of a query: `retry` is for the error. */
export type QueryState = { status: "pending" | "error" | "ready"; retry: () => void };

type Query = { data: unknown; isError: boolean; refetch: () => Promise<unknown> };

/** A query with data stays ready when a later fetch fails: the data is shown, and the next fetch replaces it. */
export function stateOf({ data, isError, refetch }: Query): QueryState {
  const status = data !== undefined ? "ready" : isError ? "error" : "pending";
  return { status, retry: () => void refetch() };
}

type PagedQuery = Query & { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

/** The same of a query that is loaded page by page. */
export const pagedStateOf = (query: PagedQuery) => ({
  ...stateOf(query),
  hasMore: query.hasNextPage,
  loadingMore: query.isFetchingNextPage,
  loadMore: () => void query.fetchNextPage(),
});
