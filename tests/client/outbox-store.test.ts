import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createOutbox } from "#client/messages/outbox.ts";
import { createOutboxStore, type PendingMessage } from "#client/messages/outbox-store.ts";
import { ends, noServer, openWindow, say } from "#tests/client/_outbox.ts";

const pending = (clientId: string): PendingMessage => ({
  clientId,
  conversationId: "c1",
  content: { kind: "text", text: clientId },
  optimistic: { kind: "text", text: clientId },
  createdAt: "2026-01-01T00:00:00.000Z",
  state: "sending",
  reason: null,
});

describe("the stored list", () => {
  afterEach(() => void Reflect.deleteProperty(globalThis, "window"));

  test("survives a reload, of the same person only", () => {
    const { storage } = openWindow();
    const store = createOutboxStore("ann");
    store.add(pending("a"));
    store.add(pending("b"));
    expect(Object.keys(storage)).toEqual(["imchat.outbox.ann"]);
    expect(createOutboxStore("ann").all()).toEqual([pending("a"), pending("b")]);
    expect(createOutboxStore("ben").all()).toEqual([]);
    store.remove("a");
    expect(createOutboxStore("ann").all()).toEqual([pending("b")]);
  });

  test("that cannot be read is empty", () => {
    openWindow({ "imchat.outbox.ann": "[{" });
    expect(createOutboxStore("ann").all()).toEqual([]);
  });

  test("is kept in memory where storage is full, and where there is none", () => {
    const { sessionStorage } = openWindow();
    sessionStorage.setItem = () => {
      throw new Error("full");
    };
    const full = createOutboxStore("ann");
    full.add(pending("a"));
    expect(full.all()).toEqual([pending("a")]);
    Reflect.deleteProperty(globalThis, "window");
    expect(createOutboxStore("ann").all()).toEqual([]);
  });

  test("changes the one message, and tells its listeners", () => {
    openWindow();
    const store = createOutboxStore("ann");
    store.add(pending("a"));
    store.add(pending("b"));
    let told = 0;
    const unsubscribe = store.subscribe(() => {
      told += 1;
    });
    const failed = { ...pending("b"), state: "failed", reason: "forbidden" };
    expect(store.change("b", { state: "failed", reason: "forbidden" })).toEqual(failed);
    expect(store.all()).toEqual([pending("a"), failed]);
    expect(store.change("c", { state: "failed", reason: "forbidden" })).toBeUndefined();
    expect(told).toBe(2);
    unsubscribe();
    store.remove("a");
    expect(told).toBe(2);
  });
});

describe("what failed because no server answered", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    return () => void vi.useRealTimers();
  });

  async function failed() {
    const window = openWindow();
    const all = ends(Array.from({ length: 4 }, noServer));
    const outbox = createOutbox(all.parts, "ann");
    const stop = outbox.start();
    say(outbox, "one");
    await expect.poll(() => all.pending(outbox)).toEqual(["one failed unavailable"]);
    expect(all.waits).toHaveLength(3);
    return { ...all, outbox, stop, window };
  }
  type Failed = Awaited<ReturnType<typeof failed>>;

  test.each<[string, (failed: Failed) => void]>([
    ["the network is back", ({ window }) => [...window.online].forEach((listener) => void listener())],
    ["the connection is back", ({ connection }) => connection.notify()],
    ["five seconds later", () => vi.advanceTimersByTime(5_000)],
  ])("is sent again when %s", async (_, happens) => {
    const all = await failed();
    happens(all);
    await expect.poll(() => all.stored).toEqual(["one"]);
    all.stop();
    all.window.remove();
  });

  test("is not sent again by what happens without a connection, nor after the outbox was stopped", async () => {
    const all = await failed();
    all.connection.status = "connecting";
    all.connection.notify();
    vi.advanceTimersByTime(2_000);
    expect(all.calls).toHaveLength(4);
    const listeners = [...all.window.online];
    all.stop();
    expect([all.window.online.size, all.connection.listeners.size, all.uploads.listeners.size]).toEqual([0, 0, 0]);
    expect(listeners).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    expect(all.calls).toHaveLength(4);
    all.window.remove();
  });
});

describe("the answer of a send", () => {
  beforeEach(() => openWindow().remove);

  test("is applied as the event of the message, then the pending one is gone", async () => {
    const { parts, received } = ends();
    const outbox = createOutbox(parts, "ann");
    say(outbox, "one");
    const clientId = outbox.all()[0]?.clientId;
    await expect.poll(() => outbox.all()).toEqual([]);
    expect(received).toEqual([
      {
        scope: "conversation",
        type: "message.sent",
        conversationId: "c1",
        rev: 41,
        message: { conversationId: "c1", rev: 41, seq: 1, clientId },
      },
    ]);
  });

  test("that cannot be applied is stored all the same, and is not sent again", async () => {
    const { parts, calls, connection } = ends();
    connection.receive = async () => {
      throw new Error("the cache is gone");
    };
    const outbox = createOutbox(parts, "ann");
    say(outbox, "one");
    await expect.poll(() => outbox.all()).toEqual([]);
    expect(calls).toEqual(["one"]);
  });
});
