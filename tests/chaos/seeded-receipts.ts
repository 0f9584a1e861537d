/** Violations in receipts, seeded into a good run. */
import { frameOf } from "#tests/chaos/record.ts";
import { fresh, last, linesOf, log, park, present, type Seeded } from "#tests/chaos/recorded-places.ts";

const row = (run: Parameters<Seeded[2]>[0], person: string) =>
  present(park(run).receipts.find(({ personId }) => personId === person));
const tell = (conversationId: string, personId: string, deliveredSeq: number) =>
  frameOf({ type: "conversation.receipts", conversationId, changes: [{ personId, deliveredSeq }] });

export const wrongReceipts: Seeded[] = [
  ["a mark is lost in the table", "a delivered mark is lost", (run) => Object.assign(row(run, "bo"), { program: 12 })],
  [
    "a mark in the table is beyond what was received",
    "a delivered mark is beyond what was received",
    (run) => Object.assign(row(run, "bo"), { program: 28 }),
  ],
  ["a mark has no row", "a delivered mark is lost", (run) => park(run).receipts.splice(0)],
  [
    "others are told more than a device said",
    "told that more was delivered than a device had",
    (run) => {
      for (const line of linesOf(log(run, "bo-1"), "d")) line.splice(3, 1, 2);
    },
  ],
  [
    "a person is told of a conversation that they were never in",
    "told of receipts while not in it",
    (run) => log(run, "cy-1").push(["f", 9_950, 1, tell("quay", "bo", 1)]),
  ],
  [
    "a person is told of one who was never in it",
    "told of receipts of a non-member",
    (run) => log(run, "ann-1").push(["f", 9_950, 1, tell("park", "dee", 1)]),
  ],
  [
    "a mark is told that no message reaches",
    "told of receipts beyond the last message",
    (run) => log(run, "ann-1").push(["f", 9_950, 1, tell("park", "bo", 1_000)]),
  ],
  [
    "an answer lacks a mark",
    "answered receipts disagree with the tables",
    (run) => present(fresh(run, "ann")[6] as unknown[]).pop(),
  ],
  [
    "an answer has another mark",
    "answered receipts disagree with the tables",
    (run) => (last(present(fresh(run, "ann")[6] as unknown[][])) as unknown[]).splice(1, 1, 1),
  ],
];
