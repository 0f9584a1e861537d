import { expect, test } from "vitest";
import { stateOf } from "#client/query-state.ts";

const query = (more: { data?: unknown; isError?: boolean }) => ({
  data: undefined,
  isError: false,
  refetch: async () => undefined,
  ...more,
});

test("a query loads, fails, or has its data", () => {
  expect(stateOf(query({})).status).toBe("pending");
  expect(stateOf(query({ isError: true })).status).toBe("error");
  expect(stateOf(query({ data: { friends: [] } })).status).toBe("ready");
});

test("data stays shown when a later fetch fails, also when it is empty", () => {
  for (const data of [{ friends: [] }, null, 0, ""]) {
    expect(stateOf(query({ data, isError: true })).status).toBe("ready");
  }
});

test("retry fetches again", () => {
  let fetches = 0;
  const refetch = async () => {
    fetches += 1;
  };
  stateOf({ ...query({ isError: true }), refetch }).retry();
  expect(fetches).toBe(1);
});
