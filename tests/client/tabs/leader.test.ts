import { expect, test } from "vitest";
import { type Leadership, type Locks, requestLeadership } from "#client/realtime/tabs/leader.ts";
import { createLocks } from "#tests/client/tabs/_locks.ts";

/** A tab that competes for the lead, and the log of what it and the others were told. */
function compete(locks: Locks, tab: string, log: string[]): Leadership {
  return requestLeadership(locks, "test", {
    onLead: () => log.push(`${tab} leads`),
    onStolen: () => log.push(`${tab} lost the lead`),
  });
}

function threeTabs() {
  const locks = createLocks();
  const log: string[] = [];
  const [a, b, c] = [compete(locks, "a", log), compete(locks, "b", log), compete(locks, "c", log)];
  return { locks, log, a, b, c };
}

test("one tab leads; when it closes, the next in line leads", async () => {
  const { log, a, b } = threeTabs();
  await expect.poll(() => log).toEqual(["a leads"]);
  a.close();
  await expect.poll(() => log).toEqual(["a leads", "b leads"]);
  b.close();
  await expect.poll(() => log).toEqual(["a leads", "b leads", "c leads"]);
});

test("a tab that closes while it waits never leads", async () => {
  const { locks, log, a, b } = threeTabs();
  await expect.poll(() => log).toEqual(["a leads"]);
  b.close();
  expect(locks.waiting()).toBe(1);
  a.close();
  await expect.poll(() => log).toEqual(["a leads", "c leads"]);
});

test("a tab that closes before the lock is granted never leads", async () => {
  const { log, a } = threeTabs();
  a.close();
  await expect.poll(() => log).toEqual(["b leads"]);
});

test("a stolen lead: the former leader is told, and waits in line once, behind the others", async () => {
  const { locks, log, b, c } = threeTabs();
  await expect.poll(() => log).toEqual(["a leads"]);
  b.steal();
  await expect.poll(() => log).toHaveLength(3);
  expect(log.slice(1).sort()).toEqual(["a lost the lead", "b leads"]);
  expect(locks.waiting()).toBe(2);
  b.close();
  await expect.poll(() => log[3]).toBe("c leads");
  c.close();
  await expect.poll(() => log[4]).toBe("a leads");
  expect(log).toHaveLength(5);
});

test("stealing twice at once, or while leading, is no more than stealing once", async () => {
  const { locks, log, a, b } = threeTabs();
  await expect.poll(() => log).toEqual(["a leads"]);
  b.steal();
  b.steal();
  await expect.poll(() => log).toHaveLength(3);
  b.steal();
  a.steal();
  await expect.poll(() => log).toHaveLength(5);
  expect(log.slice(3).sort()).toEqual(["a leads", "b lost the lead"]);
  await expect.poll(() => locks.waiting()).toBe(2);
  a.close();
  await expect.poll(() => log[5]).toBe("c leads");
  expect(log).toHaveLength(6);
});

test("a tab that wanted to steal, and led by its turn before, does not steal the lead back later", async () => {
  const locks = createLocks();
  const log: string[] = [];
  const a = compete(locks, "a", log);
  a.steal();
  await expect.poll(() => log).toEqual(["a leads"]);
  const b = compete(locks, "b", log);
  b.steal();
  await expect.poll(() => log).toHaveLength(3);
  expect(log.slice(1).sort()).toEqual(["a lost the lead", "b leads"]);
  await expect.poll(() => locks.waiting()).toBe(1);
  expect(log).toHaveLength(3);
});

test("the lead that was stolen can be stolen back", async () => {
  const { log, a, b } = threeTabs();
  await expect.poll(() => log).toEqual(["a leads"]);
  b.steal();
  await expect.poll(() => log).toHaveLength(3);
  a.steal();
  await expect.poll(() => log.slice(3).sort()).toEqual(["a leads", "b lost the lead"]);
});

test("a leader that closes while its lead is stolen is told nothing more", async () => {
  const locks = createLocks();
  const log: string[] = [];
  const [a, b] = [compete(locks, "a", log), compete(locks, "b", log)];
  await expect.poll(() => log).toEqual(["a leads"]);
  b.steal();
  a.close();
  await expect.poll(() => log).toEqual(["a leads", "b leads"]);
});

test("where the browser gives out no locks, each tab leads, once", async () => {
  const log: string[] = [];
  let asked = 0;
  const denied: Locks = {
    request: async () => {
      asked += 1;
      throw new DOMException("denied", "SecurityError");
    },
  };
  const [a] = [compete(denied, "a", log), compete(denied, "b", log)];
  await expect.poll(() => log).toEqual(["a leads", "b leads"]);
  a.steal();
  expect(asked).toBe(2);
});
