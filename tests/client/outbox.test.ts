import { beforeEach, describe, expect, test } from "vitest";
import type { Uploads } from "#client/media/uploads.ts";
import { createOutbox } from "#client/messages/outbox.ts";
import { notYetStored, type PendingMessage } from "#client/messages/outbox-store.ts";
import type { Realtime } from "#client/realtime/realtime.ts";
import type { Api } from "#client/trpc.ts";

type Sent = { conversationId: string; clientId: string; content: { text: string } };

const refusal = (reason: string, params = {}) => Object.assign(new Error(reason), { data: { reason, params } });
const noServer = () => new TypeError("fetch failed");

/**
 * The ends of the outbox: a server that answers with these errors in turn and then stores, and a clock without waiting.
 */
function ends(errors: (Error | null)[] = []) {
  const calls: string[] = [];
  const stored: string[] = [];
  const waits: number[] = [];
  const listeners = new Set<() => void>();
  const send = async ({ clientId, content }: Sent) => {
    calls.push(content.text);
    const error = errors.shift();
    if (error) throw error;
    if (!stored.includes(content.text)) stored.push(content.text);
    return { message: { rev: stored.length, seq: stored.length, clientId } };
  };
  const parts = {
    api: { messages: { send: { mutate: send } } } as unknown as Api,
    realtime: {
      receive: async () => {},
      status: () => "connected",
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    } as unknown as Realtime,
    uploads: { get: () => undefined, resume: async () => {}, subscribe: () => () => {} } as unknown as Uploads,
    wait: async (ms: number) => void waits.push(ms),
  };
  return { parts, calls, stored, waits, reconnect: () => listeners.forEach((listener) => void listener()) };
}

const say = (outbox: ReturnType<typeof createOutbox>, text: string, conversationId = "c1") => {
  const content = { kind: "text" as const, text };
  outbox.send(conversationId, content, content);
};

beforeEach(() => {
  // The only part of a browser that the outbox needs beside its ends.
  const noStorage = { getItem: () => null, setItem: () => {} };
  Object.assign(globalThis, { window: { sessionStorage: noStorage, addEventListener() {}, removeEventListener() {} } });
  return () => Reflect.deleteProperty(globalThis, "window");
});

describe("messages of one conversation are stored in the order in which they were written", () => {
  test("while the first is retried the second is not sent", async () => {
    const { parts, calls, stored } = ends([noServer(), noServer()]);
    const outbox = createOutbox(parts, "ann");
    for (const text of ["one", "two", "three"]) say(outbox, text);
    await expect.poll(() => outbox.all()).toEqual([]);
    expect(calls).toEqual(["one", "one", "one", "two", "three"]);
    expect(stored).toEqual(["one", "two", "three"]);
  });

  test("when no server answers, none overtakes it, and a reconnect sends all in order", async () => {
    const { parts, calls, stored, reconnect } = ends([noServer(), noServer(), noServer(), noServer()]);
    const outbox = createOutbox(parts, "ann");
    const stop = outbox.start();
    say(outbox, "one");
    say(outbox, "two");
    await expect.poll(() => outbox.all()[0]).toMatchObject({ state: "failed", reason: "unavailable" });
    expect(calls).toEqual(["one", "one", "one", "one"]);
    reconnect();
    await expect.poll(() => stored).toEqual(["one", "two"]);
    stop();
  });

  test("a refused message waits for the person, and the next one goes", async () => {
    const { parts, stored, reconnect } = ends([refusal("recipient_refuses")]);
    const outbox = createOutbox(parts, "ann");
    const stop = outbox.start();
    say(outbox, "one");
    say(outbox, "two");
    await expect.poll(() => stored).toEqual(["two"]);
    reconnect();
    expect(outbox.all()).toMatchObject([{ content: { text: "one" }, state: "failed", reason: "recipient_refuses" }]);
    stop();
  });
});

test("a rate limit is waited for as long as the server says, and is no failure", async () => {
  const { parts, waits, stored } = ends([refusal("rate_limited", { retryAfter: 3 })]);
  const outbox = createOutbox(parts, "ann");
  say(outbox, "one");
  await expect.poll(() => stored).toEqual(["one"]);
  expect(waits).toEqual([3_000]);
});

test("conversations do not wait for each other", async () => {
  const { parts, stored } = ends([noServer(), null]);
  const outbox = createOutbox(parts, "ann");
  say(outbox, "one", "c1");
  say(outbox, "two", "c2");
  await expect.poll(() => [...stored].sort()).toEqual(["one", "two"]);
});

test("every attempt of a message carries the same clientId", async () => {
  const { parts } = ends();
  const ids: string[] = [];
  const send = async ({ clientId }: Sent) => {
    ids.push(clientId);
    if (ids.length < 3) throw noServer();
    return { message: { rev: 1, seq: 1, clientId } };
  };
  const outbox = createOutbox({ ...parts, api: { messages: { send: { mutate: send } } } as unknown as Api }, "ann");
  say(outbox, "one");
  await expect.poll(() => outbox.all()).toEqual([]);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
});

test("a pending message that the timeline shows already is shown once", () => {
  const pending = [{ clientId: "a" }, { clientId: "b" }] as PendingMessage[];
  expect(notYetStored(pending, [{ clientId: "x" }, { clientId: "a" }])).toEqual([{ clientId: "b" }]);
  expect(notYetStored(pending, [])).toEqual(pending);
});
