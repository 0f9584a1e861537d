import { describe, expect, test } from "vitest";
import { LoadingPeople } from "#realtime/loading-people.ts";
import { moved } from "#tests/realtime/_hub.ts";

const loaded = (rev: number, visibleFromSeq = 1) => [{ conversationId: "room", rev, visibleFromSeq }];
/** What ann's load gives after these things were recorded, as "rev/visibleFromSeq", or "out". */
function after(record: (loading: LoadingPeople) => void, rows: ReturnType<typeof loaded>): string {
  const loading = new LoadingPeople();
  loading.begin("ann");
  record(loading);
  const room = loading.finish("ann", rows)?.get("room");
  return room ? `${room.rev}/${room.visibleFromSeq}` : "out";
}

describe("a membership that was recorded during the load", () => {
  test.each<[string, string, (loading: LoadingPeople) => void, ReturnType<typeof loaded>]>([
    ["none keeps the row", "4/1", () => {}, loaded(4)],
    ["a newer leave removes the row", "out", (one) => one.recordMembership(moved(5, "ann", true)), loaded(4)],
    ["an older leave does not", "4/1", (one) => one.recordMembership(moved(3, "ann", true)), loaded(4)],
    ["nor one that the row contains", "4/1", (one) => one.recordMembership(moved(4, "ann", true)), loaded(4)],
    ["a newer join replaces the row", "5/9", (one) => one.recordMembership(moved(5, "ann", false, 9)), loaded(4)],
    ["an older join does not", "4/1", (one) => one.recordMembership(moved(3, "ann", false, 9)), loaded(4)],
    ["a join is enough without a row", "1/9", (one) => one.recordMembership(moved(1, "ann", false, 9)), []],
    ["a leave without a row is out", "out", (one) => one.recordMembership(moved(1, "ann", true)), []],
    ["another person's changes nothing", "4/1", (one) => one.recordMembership(moved(5, "ben", true)), loaded(4)],
  ])("%s", (_, expected, record, rows) => expect(after(record, rows)).toBe(expected));
});

describe("a read of the members during the load", () => {
  const out = new Map<string, { visibleFromSeq: number }>();
  const in9 = new Map([["ann", { visibleFromSeq: 9 }]]);
  test.each<[string, string, (loading: LoadingPeople) => void, ReturnType<typeof loaded>]>([
    ["without the person removes the row", "out", (one) => one.recordRead("room", 5, out), loaded(4)],
    ["that is older does not", "4/1", (one) => one.recordRead("room", 3, out), loaded(4)],
    ["with the person replaces the row", "5/9", (one) => one.recordRead("room", 5, in9), loaded(4)],
    ["at the first rev counts", "out", (one) => one.recordRead("room", 1, out), loaded(0)],
    ["at the rev of the row does not", "4/1", (one) => one.recordRead("room", 4, in9), loaded(4)],
    [
      "is older than a change that was recorded",
      "6/2",
      (one) => {
        one.recordMembership(moved(6, "ann", false, 2));
        one.recordRead("room", 5, out);
      },
      loaded(4),
    ],
    [
      "is no newer than a change with the same rev",
      "5/2",
      (one) => {
        one.recordMembership(moved(5, "ann", false, 2));
        one.recordRead("room", 5, in9);
      },
      loaded(4),
    ],
    [
      "is newer than a change that was recorded",
      "7/9",
      (one) => {
        one.recordMembership(moved(6, "ann", true));
        one.recordRead("room", 7, in9);
      },
      loaded(4),
    ],
  ])("%s", (_, expected, record, rows) => expect(after(record, rows)).toBe(expected));
});

test("only the load that ends is finished, and once", () => {
  const loading = new LoadingPeople();
  loading.begin("ann");
  loading.begin("ben");
  expect(loading.finish("ann", loaded(4))).toEqual(new Map([["room", { rev: 4, visibleFromSeq: 1 }]]));
  expect(loading.finish("ann", loaded(4))).toBeUndefined();
  loading.cancel("ben");
  expect(loading.finish("ben", loaded(4))).toBeUndefined();
});

test("a load is stale once something about the person was missed, until it ends", () => {
  const loading = new LoadingPeople();
  expect(loading.repeat("ann")).toBe(false);
  expect(loading.isStale("ann")).toBe(false);
  loading.begin("ann");
  expect(loading.isStale("ann")).toBe(false);
  expect(loading.repeat("ann")).toBe(true);
  expect(loading.isStale("ann")).toBe(true);
  loading.finish("ann", loaded(4));
  expect(loading.isStale("ann")).toBe(false);
});

test("the highest rev of a conversation is kept while a person is loading, and only then", () => {
  const loading = new LoadingPeople();
  loading.recordRev("room", 3);
  expect(loading.revOf("room")).toBe(0);
  loading.begin("ann");
  loading.recordRev("room", 5);
  loading.recordRev("room", 4);
  expect(loading.revOf("room")).toBe(5);
  expect(loading.revOf("other")).toBe(0);
  loading.begin("ben");
  loading.finish("ann", []);
  loading.forgetRevs();
  expect(loading.revOf("room")).toBe(5);
  loading.finish("ben", []);
  loading.forgetRevs();
  expect(loading.revOf("room")).toBe(0);
});
