import { expect, test } from "vitest";
import { labelCall } from "#client/realtime/tabs/router.ts";
import { arrived, inBrowser, otherTab } from "#tests/client/tabs/_tab.ts";

inBrowser();

const call = { id: "7", path: "messages.send" };

test("a message reaches every other tab, and not the tab that sent it", async () => {
  const [a, b, c] = [otherTab(), otherTab(), otherTab()];
  a.post({ type: "askAlive" });
  await Promise.all([arrived(a, b), arrived(a, c)]);
  for (const tab of [b, c]) expect(tab.heard[0]).toEqual({ type: "askAlive" });
  await arrived(b, a);
  expect(a.heard).toEqual([]);
});

test("an answer goes, once, to the tab that called, under the id that the tab gave", async () => {
  const [leader, caller, third] = [otherTab(), otherTab(), otherTab()];
  const { id } = labelCall(caller.tab, call);
  expect(leader.answer({ id, result: { data: "for you" } })).toBeNull();
  await Promise.all([arrived(leader, caller), arrived(leader, third)]);
  expect(caller.heard).toEqual([{ type: "result", tab: caller.tab, result: { id: "7", result: { data: "for you" } } }]);
  expect(third.heard).toEqual([]);
});

test("calls of two tabs under the same id keep their own answers", async () => {
  const [leader, a, b] = [otherTab(), otherTab(), otherTab()];
  for (const tab of [b, a]) leader.answer({ id: labelCall(tab.tab, call).id, result: { data: tab.tab } });
  await Promise.all([arrived(leader, a), arrived(leader, b)]);
  for (const tab of [a, b]) expect(tab.heard[0]).toMatchObject({ result: { id: "7", result: { data: tab.tab } } });
});

test("the leader's own answer is returned to it and not sent", async () => {
  const [leader, other] = [otherTab(), otherTab()];
  const { id } = labelCall(leader.tab, call);
  expect(leader.answer({ id, result: { data: 1 } })).toEqual({ id: "7", result: { data: 1 } });
  await arrived(leader, other);
  expect(other.heard).toEqual([]);
});

test("an id that contains spaces comes back whole", () => {
  const leader = otherTab();
  const { id } = labelCall(leader.tab, { ...call, id: "a b c" });
  expect(leader.answer({ id })?.id).toBe("a b c");
});

test("a closed tab neither sends nor hears", async () => {
  const [a, b, c] = [otherTab(), otherTab(), otherTab()];
  b.post({ type: "askAlive" });
  a.close();
  a.post({ type: "askAlive" });
  await arrived(b, c);
  expect([a.heard, c.heard]).toEqual([[], [{ type: "askAlive" }]]);
});
