import { createTRPCClient, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, test } from "vitest";
import { createRpcLink } from "#client/realtime/rpc-link.ts";
import { reasonOf } from "#client/refusal.ts";
import type { RpcCall } from "#contracts/rpc.ts";
import type { AppRouter } from "#server/trpc/root.ts";

/** A client with an HTTP link that only records its calls. */
function open() {
  const rpc = createRpcLink();
  const overHttp: { path: string; input: unknown }[] = [];
  const http: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        overHttp.push({ path: op.path, input: op.input });
        observer.next({ result: { type: "data", data: "over HTTP" } });
        observer.complete();
      });
  const api = createTRPCClient<AppRouter>({ links: [rpc.link, http] });
  const carried: RpcCall[] = [];
  const carry = (call: RpcCall) => carried.push(call) > 0;
  return { rpc, api, carry, carried, overHttp };
}

const input = {
  conversationId: "01980000-0000-7000-8000-000000000001",
  clientId: "01980000-0000-4000-8000-000000000002",
  content: { kind: "text" as const, text: "hello" },
};

test("while the rpc is closed calls go over HTTP, and so do verbs that are not on it", async () => {
  const { rpc, api, carry, carried, overHttp } = open();
  expect(await api.messages.send.mutate(input)).toBe("over HTTP");
  rpc.attach(carry);
  await api.accounts.me.query();
  expect(overHttp.map((call) => call.path)).toEqual(["messages.send", "accounts.me"]);
  expect(carried).toEqual([]);
});

test("on the rpc the worker's answer is the answer", async () => {
  const { rpc, api, carry, carried, overHttp } = open();
  rpc.attach(carry);
  const sending = api.messages.send.mutate(input);
  const [call] = carried;
  expect(call).toMatchObject({ path: "messages.send", input });
  rpc.answered({ id: call?.id ?? "", result: { data: "over the rpc" } });
  expect(await sending).toBe("over the rpc");
  expect(overHttp).toEqual([]);
});

test("a refusal on the rpc reads like one over HTTP", async () => {
  const { rpc, api, carry, carried } = open();
  rpc.attach(carry);
  const sending = api.messages.send.mutate(input);
  const data = {
    code: "TOO_MANY_REQUESTS",
    httpStatus: 429,
    reason: "rate_limited",
    params: { retryAfter: 3 },
    requestId: "r",
  };
  rpc.answered({ id: carried[0]?.id ?? "", error: { message: "rate_limited", code: -32029, data } });
  const error = await sending.catch((thrown: unknown) => thrown);
  expect(reasonOf(error)).toEqual({ reason: "rate_limited", params: { retryAfter: 3 }, requestId: "r" });
});

test("a connection that breaks before the answer: the same call, with the same client id, goes over HTTP, once", async () => {
  const { rpc, api, carry, carried, overHttp } = open();
  rpc.attach(carry);
  const sending = api.messages.send.mutate(input);
  rpc.detach();
  expect(await sending).toBe("over HTTP");
  // A late answer belongs to no pending call.
  rpc.answered({ id: carried[0]?.id ?? "", result: { data: "late" } });
  expect(overHttp).toEqual([{ path: "messages.send", input }]);
});

test("an answer that the rpc does not carry is asked for over HTTP", async () => {
  const { rpc, api, carry, carried, overHttp } = open();
  rpc.attach(carry);
  const paging = api.messages.page.query({ conversationId: input.conversationId });
  rpc.answered({ id: carried[0]?.id ?? "", useHttp: true });
  expect(await paging).toBe("over HTTP");
  expect(overHttp).toHaveLength(1);
});

test("more calls than the worker takes at once go over HTTP from the beginning", async () => {
  const { rpc, api, carry, carried, overHttp } = open();
  rpc.attach(carry);
  const calls = Array.from({ length: 40 }, () => api.conversations.heads.query());
  expect([carried.length, overHttp.length]).toEqual([32, 8]);
  for (const { id } of carried) rpc.answered({ id, result: { data: "over the rpc" } });
  await Promise.all(calls);
});
