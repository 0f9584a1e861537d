/** Violations of what is stored and acknowledged of recalls and reactions, seeded into a good run. */
import { messageOf, type Recorded, sentForm } from "#tests/chaos/record.ts";
import {
  editedRow,
  last,
  linesOf,
  log,
  messages,
  present,
  reactedRow,
  reactionsIn,
  recalledRow,
  removed,
  returning,
  type Seeded,
  texts,
} from "#tests/chaos/recorded-places.ts";
import { stateOf } from "#tests/chaos/wire.ts";

/** The acknowledgement of the first change of a message on this device. */
const acknowledged = (run: Recorded, device: string) => present(linesOf(log(run, device), "v")[0]);
const refuse = (run: Recorded, device: string) => {
  const line = acknowledged(run, device);
  line.splice(0, line.length, "z", 2_000, line[2], "forbidden");
};

const acked: Seeded[] = [
  [
    "an acknowledged recall is undone",
    "an acknowledged recall is not in the table",
    (run) => {
      Object.assign(recalledRow(run), sentForm(recalledRow(run)));
    },
  ],
  [
    "a message is recalled by itself",
    "recalled, and the sender did not ask for it",
    (run) => {
      const { seq } = recalledRow(run);
      removed(log(run, "ann-1"), present(linesOf(log(run, "ann-1"), "w").find((line) => line[4] === seq)));
    },
  ],
  ["a refused recall is done", "refused, and recalled all the same", (run) => refuse(run, "dee-1")],
  ["a refused reaction is done", "refused, and reacted all the same", (run) => refuse(run, "bo-1")],
  ["an acknowledged edit is lost", "an acknowledged edit is not in the table", (run) => editedRow(run).earlier.pop()],
  [
    "a message is edited by itself",
    "edited, and the sender did not ask for it",
    (run) => {
      const { seq } = editedRow(run);
      removed(log(run, "ann-1"), present(linesOf(log(run, "ann-1"), "w").find((line) => line[4] === seq)));
    },
  ],
  [
    "an edit is acknowledged with other words",
    "an edit was acknowledged with other words",
    (run) => {
      const { seq } = editedRow(run);
      present(linesOf(log(run, "ann-1"), "w").find((line) => line[4] === seq)).splice(7, 1, "something else");
    },
  ],
  [
    "words change without an edit",
    "a change changed what was said",
    (run) => {
      const row = editedRow(run);
      for (const version of [row, ...row.earlier]) version.edited = undefined;
    },
  ],
  [
    "an acknowledged reaction is lost",
    "an acknowledged reaction is not in the table",
    (run) => {
      reactionsIn(run).shift();
    },
  ],
  [
    "an acknowledged removal is undone",
    "an acknowledged reaction is not in the table",
    (run) => {
      present(reactionsIn(run).find((row) => row.removed)).removed = false;
    },
  ],
  [
    "a reaction comes from nowhere",
    "a reaction that was not asked for",
    (run) => {
      const { seq, rev } = reactedRow(run);
      reactionsIn(run).push({ is: "reaction", seq, personId: "cy", emoji: "🎉", rev, removed: false });
    },
  ],
  [
    "a reaction is acknowledged on a recalled message",
    "a reaction was acknowledged after the recall",
    (run) => {
      const row = recalledRow(run);
      const state = stateOf(messageOf(row), []);
      log(run, "bo-1").push(["w", 9_000, 99, "park", row.seq, "👍", true], ["v", 9_010, 99, "park", state]);
    },
  ],
  [
    "one rev is acknowledged as added and as removed",
    "one rev acknowledged both ways",
    (run) => {
      const [, , , id, state] = acknowledged(run, "bo-1");
      const { seq } = reactedRow(run);
      log(run, "bo-1").push(["w", 9_000, 99, "park", seq, "👍", false], ["v", 9_010, 99, id, state]);
    },
  ],
  [
    "an answer names another message",
    "an answer to another change",
    (run) => (acknowledged(run, "bo-1")[4] as unknown[]).splice(0, 1, 5),
  ],
  [
    "a message is acknowledged at another rev",
    "acknowledged at another rev",
    (run) => present(linesOf(log(run, "ann-1"), "k")[0]).splice(5, 1, 999),
  ],
  [
    "a repeated message is answered with its recalled text",
    "shown what is not in the table",
    (run) => {
      const again = last(linesOf(log(run, "ann-1"), "k"));
      again.splice(7, 1, present(messages(run)[Number(again[4]) - 1]?.earlier[0]).said);
    },
  ],
];

const stored: Seeded[] = [
  [
    "a reaction is counted that has no row",
    "reaction counts disagree with the rows",
    (run) => {
      present(reactedRow(run).reactions[0])[1] += 1;
    },
  ],
  [
    "a message names a person who did not react",
    "reaction counts disagree with the rows",
    (run) => {
      present(reactedRow(run).reactions[0])[2][0] = "dee";
    },
  ],
  [
    "one reaction has two rows",
    "a reaction is counted twice",
    (run) => {
      reactionsIn(run).push({ ...present(reactionsIn(run)[0]) });
    },
  ],
  [
    "a reaction has a rev of its own",
    "a reaction carries a rev that its message never had",
    (run) => {
      present(reactionsIn(run)[0]).rev = 2;
    },
  ],
  [
    "a message has reactions and never changed",
    "reactions without a change",
    (run) => {
      last(texts(run)).reactions = [["👍", 1, ["bo"]]];
    },
  ],
  [
    "a recalled message keeps its reactions",
    "a recalled message has reactions",
    (run) => {
      recalledRow(run).reactions = [["👍", 1, ["bo"]]];
    },
  ],
  [
    "a reaction changes the text",
    "a change changed what was said",
    (run) => {
      reactedRow(run).said += "!";
    },
  ],
  [
    "a notice is changed",
    "a notice was changed",
    (run) => {
      const { rev, said } = returning(run);
      returning(run).earlier.push({ rev: rev - 1, said, reactions: [] });
    },
  ],
  [
    "a change takes an old rev",
    "rev does not grow with the changes of a message",
    (run) => {
      reactedRow(run).rev = present(reactedRow(run).earlier[0]).rev;
    },
  ],
];

export const wrongChangesInTables: Seeded[] = [...acked, ...stored];
