import { beforeEach, describe, expect, test } from "vitest";
import { createOutbox } from "#client/messages/outbox.ts";
import { notYetStored, type PendingMessage } from "#client/messages/outbox-store.ts";
import type { Api } from "#client/trpc.ts";
import { ends, noServer, openWindow, refusal, type Sent, say } from "#tests/client/_outbox.ts";

beforeEach(() => openWindow().remove);

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

test("what is on its way in one conversation is not sent by another", async () => {
  const { parts } = ends();
  const sent: string[] = [];
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const send = async ({ clientId, content }: Sent) => {
    sent.push(content.text);
    await answered;
    return { message: { rev: 1, seq: 1, clientId } };
  };
  const outbox = createOutbox({ ...parts, api: { messages: { send: { mutate: send } } } as unknown as Api }, "ann");
  say(outbox, "one", "c1");
  say(outbox, "two", "c2");
  expect(sent).toEqual(["one", "two"]);
  answer();
  await expect.poll(() => outbox.all()).toEqual([]);
  expect(sent).toEqual(["one", "two"]);
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
