import { expect, test } from "vitest";
import { broadcastConnection } from "#client/realtime/tabs/broadcast-connection.ts";
import { labelCall, openRouter } from "#client/realtime/tabs/router.ts";
import {
  arrived,
  channelName,
  closeAfterTest,
  createWorker,
  event,
  inBrowser,
  noHeads,
  otherTab,
  recordingListener,
} from "#tests/client/tabs/_tab.ts";

inBrowser();

const call = { id: "1", path: "messages.send" };
const noFriends = { online: [], offline: [] };

/** A leading tab, the worker of its connection, and another tab. */
function lead() {
  const other = otherTab();
  const seen = recordingListener();
  const worker = createWorker();
  const router = openRouter(channelName, (message) => leader.receive(message));
  const leader = broadcastConnection(router, worker.open, seen);
  closeAfterTest(router.close);
  const heard = async () => {
    await arrived(router, other);
    return other.heard;
  };
  const of = async (type: string) => (await heard()).filter((one) => one.type === type);
  return { other, seen, worker: worker.current(), leader, tab: router.tab, heard, of };
}

test("what arrives on the connection goes to this tab and to the others, in order", async () => {
  const { seen, worker, heard, tab } = lead();
  const { listener } = worker;
  listener.onReady(noHeads);
  listener.onEvent(event(1));
  listener.onPresence({ online: ["ann"], offline: [] });
  listener.onTyping({ conversationId: "c", personId: "ann" });
  listener.onLost();
  expect(seen.told).toEqual([
    ["lost"],
    ["ready", noHeads],
    ["event", 1],
    ["presence", { online: ["ann"], offline: [] }],
    ["typing", "ann"],
    ["lost"],
  ]);
  expect(await heard()).toEqual([
    { type: "leading", leader: tab },
    { type: "ready", leader: tab, heads: noHeads },
    { type: "event", event: event(1) },
    { type: "presence", change: { online: ["ann"], offline: [] } },
    { type: "typing", typing: { conversationId: "c", personId: "ann" } },
    { type: "lost", leader: tab },
  ]);
});

test("calls of this tab and of another are answered each once, to the tab that called", async () => {
  const { other, seen, worker, leader, tab, of } = lead();
  expect(leader.call(call)).toBe(false);
  worker.listener.onReady(noHeads);
  expect(leader.call(call)).toBe(true);
  other.post({ type: "askCall", tab: other.tab, call });
  await expect.poll(() => worker.calls).toEqual([labelCall(tab, call), labelCall(other.tab, call)]);
  for (const { id } of worker.calls) worker.listener.onResult({ id, result: { data: id } });
  const dataFor = (id: string) => ({ id: "1", result: { data: `${id} 1` } });
  expect(seen.told.slice(2)).toEqual([["result", dataFor(tab)]]);
  expect(await of("result")).toEqual([{ type: "result", tab: other.tab, result: dataFor(other.tab) }]);
});

test("a call that the connection does not take is answered at once with: use HTTP", async () => {
  const { other, worker, leader, of } = lead();
  worker.listener.onReady(noHeads);
  worker.takesCalls = false;
  expect(leader.call(call)).toBe(false);
  leader.receive({ type: "askCall", tab: other.tab, call });
  expect(await of("result")).toEqual([{ type: "result", tab: other.tab, result: { id: "1", useHttp: true } }]);
});

test("a call that the connection takes is not answered before the worker answers", async () => {
  const { other, worker, leader, of } = lead();
  worker.listener.onReady(noHeads);
  leader.receive({ type: "askCall", tab: other.tab, call });
  expect([worker.calls.length, await of("result")]).toEqual([1, []]);
});

test("typing in any tab is sent over the connection", () => {
  const { worker, leader } = lead();
  leader.sendTyping("mine");
  leader.receive({ type: "askTyping", conversationId: "theirs" });
  expect(worker.typed).toEqual(["mine", "theirs"]);
});

test("a tab that asks hears whether there is a connection, and all friends who are online", async () => {
  const { worker, leader, tab, of } = lead();
  const { listener } = worker;
  leader.receive({ type: "askAlive" });
  listener.onReady(noHeads);
  listener.onPresence({ online: ["ann", "ben"], offline: [] });
  listener.onPresence({ online: ["cem"], offline: ["ann"] });
  leader.receive({ type: "askAlive" });
  listener.onLost();
  leader.receive({ type: "askAlive" });
  expect(await of("alive")).toEqual([
    { type: "alive", leader: tab, ready: false, presence: noFriends },
    { type: "alive", leader: tab, ready: true, presence: { online: ["ben", "cem"], offline: [] } },
    { type: "alive", leader: tab, ready: false, presence: noFriends },
  ]);
});

test("a tab that asks while there is no connection has it opened now", () => {
  const { worker, leader } = lead();
  leader.receive({ type: "askAlive" });
  expect(worker.woken).toBe(1);
  worker.listener.onReady(noHeads);
  leader.receive({ type: "askAlive" });
  expect(worker.woken).toBe(1);
  leader.wake();
  expect(worker.woken).toBe(2);
});

test("a tab that stops leading closes its connection, and says once, to itself and the others, that it is lost", async () => {
  const { seen, worker, leader, tab, of } = lead();
  worker.listener.onReady(noHeads);
  leader.close();
  expect(worker.closed).toBe(true);
  expect(leader.call(call)).toBe(false);
  expect(await of("lost")).toEqual([{ type: "lost", leader: tab }]);
  expect(seen.told).toEqual([["lost"], ["ready", noHeads], ["lost"]]);
});

test("messages of another leader are not passed on", async () => {
  const { other, seen, worker, leader } = lead();
  worker.listener.onReady(noHeads);
  leader.receive({ type: "leading", leader: other.tab });
  leader.receive({ type: "lost", leader: other.tab });
  leader.receive({ type: "event", event: event(9) });
  expect([seen.told, leader.call(call)]).toEqual([[["lost"], ["ready", noHeads]], true]);
});
