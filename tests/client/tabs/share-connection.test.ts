import { expect, test, vi } from "vitest";
import type { Locks } from "#client/realtime/tabs/leader.ts";
import { shareBetweenTabs } from "#client/realtime/tabs/share-connection.ts";
import { createLocks } from "#tests/client/tabs/_locks.ts";
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

function openTab(locks: Locks) {
  const worker = createWorker();
  const seen = recordingListener();
  const connection = shareBetweenTabs(locks, channelName, worker.open, seen);
  closeAfterTest(connection.close);
  return { ...connection, worker, seen };
}

/** Two tabs, of which the first leads and is connected. */
async function twoTabs() {
  const locks = createLocks();
  const [first, second] = [openTab(locks), openTab(locks)];
  await expect.poll(() => first.worker.opened).toHaveLength(1);
  first.worker.current().listener.onReady(noHeads);
  await expect.poll(() => second.seen.told.at(-1)).toEqual(["ready", noHeads]);
  return { locks, first, second };
}

test("one tab opens a connection; both receive events and make calls over it", async () => {
  const { first, second } = await twoTabs();
  const { listener, calls } = first.worker.current();
  expect(second.worker.opened).toEqual([]);
  listener.onEvent(event(1));
  await expect.poll(() => second.seen.told.at(-1)).toEqual(["event", 1]);
  expect(first.seen.told.at(-1)).toEqual(["event", 1]);

  expect(second.call(call)).toBe(true);
  await expect.poll(() => calls).toHaveLength(1);
  listener.onResult({ id: calls[0]?.id ?? "", result: { data: "done" } });
  await expect.poll(() => second.seen.told.at(-1)).toEqual(["result", { id: "1", result: { data: "done" } }]);
  second.sendTyping("c");
  await expect.poll(() => first.worker.current().typed).toEqual(["c"]);
});

test("the leading tab closes: the other hears that the connection is lost, and opens its own", async () => {
  const { first, second } = await twoTabs();
  first.close();
  expect(first.worker.current().closed).toBe(true);
  await expect.poll(() => second.worker.opened).toHaveLength(1);
  expect(second.seen.told.slice(-1)).toEqual([["lost"]]);
  expect(second.call(call)).toBe(false);
  second.worker.current().listener.onReady(noHeads);
  expect(second.call(call)).toBe(true);
  expect(second.worker.current().calls).toHaveLength(1);
});

test("a tab that loses the lead closes its connection, its calls are lost, and it follows the new leader", async () => {
  const { locks, first, second } = await twoTabs();
  // As a tab that found the leader frozen.
  const third = openTab({ request: (name, _options, whileHeld) => locks.request(name, { steal: true }, whileHeld) });
  await expect.poll(() => first.worker.current().closed).toBe(true);
  expect(third.worker.opened).toHaveLength(1);
  expect(first.seen.told.at(-1)).toEqual(["lost"]);
  expect(first.call(call)).toBe(false);
  await expect.poll(() => second.seen.told.at(-1)).toEqual(["lost"]);

  third.worker.current().listener.onReady(noHeads);
  for (const tab of [first, second]) {
    await expect.poll(() => tab.seen.told.at(-1)).toEqual(["ready", noHeads]);
    expect(tab.call(call)).toBe(true);
  }
  await expect.poll(() => third.worker.current().calls).toHaveLength(2);
  expect(first.worker.current().calls).toEqual([]);
});

test("a tab that opens later is ready with the connection that is there", async () => {
  const { locks, first } = await twoTabs();
  const late = openTab(locks);
  await expect.poll(() => late.seen.told.map(([what]) => what)).toEqual(["ready", "presence"]);
  expect(late.call(call)).toBe(true);
  await expect.poll(() => first.worker.current().calls).toHaveLength(1);
});

test("a tab that wakes up has the leader's connection opened now, whichever of them leads", async () => {
  const locks = createLocks();
  const [first, second] = [openTab(locks), openTab(locks)];
  await expect.poll(() => first.worker.opened).toHaveLength(1);
  const before = first.worker.current().woken;
  first.wake();
  expect(first.worker.current().woken).toBe(before + 1);
  await expect.poll(() => locks.waiting()).toBe(1);
  second.wake();
  await expect.poll(() => first.worker.current().woken).toBeGreaterThan(before + 1);
});

test("a tab takes the lead from a leader that does not answer, and then asks no leader", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  closeAfterTest(() => void vi.useRealTimers());
  const locks = createLocks();
  // It holds the lock and says nothing.
  let isRobbed = false;
  const frozen = locks.request(channelName, {}, () => new Promise<void>(() => {}));
  frozen.catch(() => {
    isRobbed = true;
  });
  const other = otherTab();
  const tab = openTab(locks);
  vi.advanceTimersByTime(12_999);
  expect(tab.worker.opened).toEqual([]);
  vi.advanceTimersByTime(1);
  await vi.waitFor(() => expect(tab.worker.opened).toHaveLength(1));
  expect(isRobbed).toBe(true);

  await vi.waitFor(() => expect(other.heard).toContainEqual({ type: "leading", leader: expect.any(String) }));
  const asked = other.heard.length;
  vi.advanceTimersByTime(60_000);
  tab.worker.current().listener.onEvent(event(1));
  await vi.waitFor(() => expect(other.heard.at(-1)).toEqual({ type: "event", event: event(1) }));
  expect(other.heard).toHaveLength(asked + 1);
});

test("a closed tab neither leads nor hears", async () => {
  const { first, second } = await twoTabs();
  const other = otherTab();
  second.close();
  const before = second.seen.told.length;
  first.worker.current().listener.onEvent(event(1));
  first.close();
  await expect.poll(() => other.heard.map(({ type }) => type)).toEqual(["event", "lost"]);
  // Once around, so that what was posted to the closed tab would have arrived as well.
  const last = otherTab();
  await arrived(other, last);
  await arrived(last, other);
  expect([second.seen.told.length, second.worker.opened]).toEqual([before, []]);
});
