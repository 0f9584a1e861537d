/** What to show of a query: `retry` is for the error. */
export type QueryState = { status: "pending" | "error" | "ready"; retry: () => void };

type Query = { data: unknown; isError: boolean; refetch: () => Promise<unknown> };

/** A query with data stays ready when a later fetch fails: the data is shown, and the next fetch replaces it. */
export function stateOf({ data, isError, refetch }: Query): QueryState {
  const status = data !== undefined ? "ready" : isError ? "error" : "pending";
  return { status, retry: () => void refetch() };
}
