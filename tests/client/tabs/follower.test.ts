import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followLeader } from "#client/realtime/tabs/follower.ts";
import { openRouter, type TabMessage } from "#client/realtime/tabs/router.ts";
import {
  arrived,
  channelName,
  closeAfterTest,
  event,
  inBrowser,
  noHeads,
  otherTab,
  page,
  recordingListener,
} from "#tests/client/tabs/_tab.ts";

inBrowser();
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const noFriends = { online: [], offline: [] };

/** A tab that follows, and a leader that is no more than its messages. */
function follow() {
  const leader = otherTab();
  const seen = recordingListener();
  let frozen = 0;
  const router = openRouter(channelName, (message) => follower.receive(message));
  const follower = followLeader(router, seen, () => {
    frozen += 1;
  });
  closeAfterTest(() => {
    follower.close();
    router.close();
  });
  /** Lets the leader send this, and waits until the follower has it. */
  const send = async (...messages: TabMessage[]) => {
    for (const message of messages) leader.post(message);
    await arrived(leader, seen);
  };
  const asked = async (type: TabMessage["type"]) => {
    await arrived(router, leader);
    return leader.heard.filter((one) => one.type === type);
  };
  return { leader, follower, seen, router, send, asked, frozen: () => frozen };
}

test("a follower asks at once whether there is a leader, and is ready with what the leader answers", async () => {
  const { leader, seen, send, asked } = follow();
  expect(await asked("askAlive")).toHaveLength(1);
  const presence = { online: ["ann"], offline: [] };
  await send({ type: "alive", leader: leader.tab, ready: true, presence });
  expect(seen.told).toEqual([
    ["ready", null],
    ["presence", presence],
  ]);
});

test("a leader that is still connecting makes no follower ready, until it says so", async () => {
  const { leader, follower, seen, send } = follow();
  await send({ type: "alive", leader: leader.tab, ready: false, presence: noFriends });
  expect(seen.told).toEqual([]);
  expect(follower.call({ id: "1", path: "conversations.heads" })).toBe(false);
  await send({ type: "ready", leader: leader.tab, heads: noHeads });
  expect(seen.told).toEqual([["ready", noHeads]]);
});

test("an answer that tells nothing new is not passed on", async () => {
  const { leader, seen, send } = follow();
  const alive = { type: "alive", leader: leader.tab, ready: true, presence: noFriends } as const;
  const connecting = { ...alive, ready: false };
  await send(alive, alive, connecting, connecting, alive);
  const ready = [
    ["ready", null],
    ["presence", noFriends],
  ];
  expect(seen.told).toEqual([...ready, ["lost"], ...ready]);
});

test("events, presence, typing and answers are passed on in order", async () => {
  const { leader, router, seen, send } = follow();
  await send(
    { type: "ready", leader: leader.tab, heads: null },
    { type: "event", event: event(1) },
    { type: "presence", change: { online: [], offline: ["ann"] } },
    { type: "typing", typing: { conversationId: "c", personId: "ann" } },
    { type: "event", event: event(2) },
    { type: "result", tab: router.tab, result: { id: "1", useHttp: true } },
  );
  expect(seen.told).toEqual([
    ["ready", null],
    ["event", 1],
    ["presence", { online: [], offline: ["ann"] }],
    ["typing", "ann"],
    ["event", 2],
    ["result", { id: "1", useHttp: true }],
  ]);
});

test("calls and typing are sent to the leader; calls only while there is a connection", async () => {
  const { leader, follower, router, send, asked } = follow();
  const call = { id: "1", path: "messages.send", input: { text: "hello" } };
  expect(follower.call(call)).toBe(false);
  await send({ type: "ready", leader: leader.tab, heads: null });
  expect(follower.call(call)).toBe(true);
  follower.sendTyping("c");
  await send({ type: "lost", leader: leader.tab });
  expect(follower.call(call)).toBe(false);
  expect(await asked("askCall")).toEqual([{ type: "askCall", tab: router.tab, call }]);
  expect(await asked("askTyping")).toEqual([{ type: "askTyping", conversationId: "c" }]);
});

test("the leader's connection is lost: by its own word, by its answer, and when another tab leads", async () => {
  const { leader, follower, seen, send } = follow();
  const ready: TabMessage = { type: "ready", leader: leader.tab, heads: null };
  await send(ready, { type: "lost", leader: leader.tab });
  await send(ready, { type: "alive", leader: leader.tab, ready: false, presence: noFriends });
  await send(ready, { type: "leading", leader: "another" });
  const once = [["ready", null], ["lost"]];
  expect(seen.told).toEqual([...once, ...once, ...once]);
  expect(follower.call({ id: "1", path: "conversations.heads" })).toBe(false);
});

test("a former leader that loses its connection takes nothing from the new leader's", async () => {
  const { follower, seen, send } = follow();
  await send({ type: "ready", leader: "former", heads: null }, { type: "leading", leader: "new" });
  await send({ type: "ready", leader: "new", heads: noHeads });
  await send({ type: "lost", leader: "former" });
  await send({ type: "alive", leader: "former", ready: false, presence: noFriends });
  expect(seen.told).toEqual([["ready", null], ["lost"], ["ready", noHeads]]);
  expect(follower.call({ id: "1", path: "conversations.heads" })).toBe(true);
});

test("a former leader that loses its connection before the new one has any is not heard either", async () => {
  const { seen, send } = follow();
  await send({ type: "ready", leader: "former", heads: null }, { type: "leading", leader: "new" });
  await send({ type: "lost", leader: "former" });
  expect(seen.told).toEqual([["ready", null], ["lost"]]);
});

test("the leader that answered is the one that can be lost", async () => {
  const { seen, send } = follow();
  await send({ type: "alive", leader: "first", ready: true, presence: noFriends });
  await send({ type: "lost", leader: "first" });
  expect(seen.told.at(-1)).toEqual(["lost"]);
});

test("a leader that does not answer a visible tab within 3 s is frozen", async () => {
  const { frozen, asked } = follow();
  vi.advanceTimersByTime(9_999);
  expect(await asked("askAlive")).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(await asked("askAlive")).toHaveLength(2);
  vi.advanceTimersByTime(2_999);
  expect(frozen()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(frozen()).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(frozen()).toBe(2);
});

test.each<TabMessage>([
  { type: "event", event: event(1) },
  { type: "alive", leader: "l", ready: false, presence: noFriends },
  { type: "result", tab: "", result: { id: "1" } },
])("any message of the leader counts as an answer to this question, and to no later one: $type", async (message) => {
  const { router, leader, seen, frozen } = follow();
  vi.advanceTimersByTime(10_000);
  leader.post("tab" in message ? { ...message, tab: router.tab } : message);
  await arrived(leader, seen);
  vi.advanceTimersByTime(3_000);
  expect(frozen()).toBe(0);
  // The next time it does not answer.
  vi.advanceTimersByTime(10_000);
  expect(frozen()).toBe(1);
});

test("what other followers ask is no answer of the leader, and is not passed on", async () => {
  const { router, follower, seen, frozen } = follow();
  vi.advanceTimersByTime(10_000);
  follower.receive({ type: "askAlive" });
  follower.receive({ type: "askCall", tab: router.tab, call: { id: "1", path: "conversations.heads" } });
  follower.receive({ type: "askTyping", conversationId: "c" });
  vi.advanceTimersByTime(3_000);
  expect([frozen(), seen.told]).toEqual([1, []]);
});

test("a hidden tab does not ask; it asks when it is shown, and when the device wakes up", async () => {
  const { follower, asked, frozen } = follow();
  page.visibilityState = "hidden";
  vi.advanceTimersByTime(60_000);
  follower.wake();
  expect([await asked("askAlive"), frozen()]).toEqual([[{ type: "askAlive" }], 0]);
  page.visibilityState = "visible";
  page.dispatchEvent(new Event("visibilitychange"));
  expect(await asked("askAlive")).toHaveLength(2);
  follower.wake();
  expect(await asked("askAlive")).toHaveLength(3);
  vi.advanceTimersByTime(3_000);
  expect(frozen()).toBe(1);
});

test("a tab that no longer follows asks nothing and takes no lead", async () => {
  const { follower, asked, frozen } = follow();
  vi.advanceTimersByTime(10_000);
  follower.close();
  vi.advanceTimersByTime(60_000);
  page.dispatchEvent(new Event("visibilitychange"));
  expect([(await asked("askAlive")).length, frozen()]).toEqual([2, 0]);
});
