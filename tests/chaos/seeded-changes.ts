/** Violations of what is told, answered and shown of recalls and reactions, seeded into a good run. */
import { changedOf, frameOf, messageOf, type Recorded, sentForm, sentOf } from "#tests/chaos/record.ts";
import {
  fresh,
  last,
  linesOf,
  log,
  messages,
  park,
  present,
  reactedRow,
  recalledRow,
  returning,
  type Seeded,
  texts,
} from "#tests/chaos/recorded-places.ts";

const tell = (run: Recorded, device: string, raw: string) => log(run, device).push(["f", 9_000, 1, raw]);

function answer(run: Recorded, since: number, messages: unknown[], headRev: number): void {
  const raw = JSON.stringify([{ result: { data: { messages, head: { rev: headRev, lastSeq: 24 } } } }]);
  log(run, "ann-2").push(["h", since + 5, since, "messages.page", { conversationId: "park" }, raw]);
}

/** What a device holds at the end of the message with reactions, and what a page and a tab show of it. */
const heldAtEnd = (run: Recorded, device: string) =>
  last(linesOf(log(run, device), "end"))[7] as [number, number, boolean, unknown[], string[]][];
const reactedAtEnd = (run: Recorded, device: string) =>
  present(heldAtEnd(run, device).find(([seq]) => seq === reactedRow(run).seq));
const inPage = (run: Recorded) =>
  present((fresh(run, "ann")[5] as unknown[][]).find(([seq]) => seq === reactedRow(run).seq));
const tabOfPark = (run: Recorded) => present(linesOf(log(run, "ann-tab"), "tab").find((line) => line[2] === "park"));
const inTab = (run: Recorded, seq: number) =>
  present((tabOfPark(run)[5] as unknown[][]).find((state) => state[0] === seq));

const heard: Seeded[] = [
  [
    "a recalled text is told after the recall",
    "a recalled text arrived afterwards",
    (run) => tell(run, "ann-1", sentOf(sentForm(recalledRow(run)))),
  ],
  [
    "a recalled text is in the preview of a conversation",
    "a recalled text arrived afterwards",
    (run) => {
      const preview = sentForm(recalledRow(run)).said;
      const conversation = { id: "park", rev: recalledRow(run).rev, preview };
      tell(run, "ann-1", frameOf({ scope: "person", type: "conversation.added", rev: 9, conversation }));
    },
  ],
  [
    "a recalled text is answered to a later question",
    "a recalled text arrived afterwards",
    (run) => answer(run, 9_000, [messageOf(sentForm(recalledRow(run)))], sentForm(recalledRow(run)).rev),
  ],
  [
    "a recalled text is answered with a head after the recall",
    "a recalled text arrived afterwards",
    (run) => answer(run, 1_000, [messageOf(sentForm(recalledRow(run)))], recalledRow(run).rev),
  ],
  [
    "a page is older than its head",
    "answered another state than that of its head",
    (run) => answer(run, 9_000, [messageOf(sentForm(reactedRow(run)))], park(run).row.rev),
  ],
  [
    "a change is told as a new message",
    "a change was told as sent, or a message as changed",
    (run) => tell(run, "ann-1", sentOf(reactedRow(run))),
  ],
  [
    "a new message is told as a change",
    "a change was told as sent, or a message as changed",
    (run) => tell(run, "ann-1", changedOf(last(texts(run)))),
  ],
  [
    "a change of a message from before a member came is told to them",
    "told what was said before I came",
    (run) => {
      const row = present(messages(run).find(({ seq, earlier }) => seq > 17 && seq < returning(run).seq && earlier[0]));
      tell(run, "cy-1", changedOf(row));
    },
  ],
  [
    "one reaction too many is told",
    "shown other reactions than the table's",
    (run) => {
      const row = reactedRow(run);
      tell(run, "bo-1", changedOf({ ...row, reactions: [["👍", 9, ["ann", "bo", "cy"]]] }));
    },
  ],
  [
    "a reaction is told in the name of another person",
    "told of a reaction that was not made",
    (run) => tell(run, "bo-1", changedOf(reactedRow(run), [{ personId: "cy", emoji: "🎉", reacted: true }])),
  ],
  [
    "a reaction is told as removed",
    "told of a reaction that was not made",
    (run) => tell(run, "bo-1", changedOf(reactedRow(run), [{ personId: "bo", emoji: "👍", reacted: false }])),
  ],
  [
    "a device takes a change back",
    "a message went back to an earlier state",
    (run) => {
      const lines = log(run, "ann-1");
      const [first, second] = linesOf(lines, "m");
      lines.splice(lines.indexOf(present(second)) + 1, 0, present(first));
    },
  ],
  [
    "a device changes what it does not hold",
    "changed a message that is not held",
    (run) => {
      const lines = log(run, "ann-1");
      lines.splice(lines.indexOf(present(linesOf(lines, "a")[3])), 0, present(linesOf(lines, "m")[0]));
    },
  ],
];

const shown: Seeded[] = [
  ["a device misses a recall", "lacks a change at the end", (run) => heldAtEnd(run, "bo-1").shift()],
  [
    "a device still holds a recalled message",
    "holds another state of a message at the end",
    (run) => present(heldAtEnd(run, "ann-1").find((one) => one[2])).splice(2, 1, false),
  ],
  [
    "a device holds an old state",
    "holds another state of a message at the end",
    (run) => reactedAtEnd(run, "ann-1").splice(1, 1, 5),
  ],
  [
    "a device counts otherwise",
    "holds other reactions at the end",
    (run) => reactedAtEnd(run, "ann-1").splice(3, 1, []),
  ],
  [
    "two devices of a person disagree about their reactions",
    "holds other reactions of its own at the end",
    (run) => reactedAtEnd(run, "ann-2")[4].pop(),
  ],
  [
    "a tab shows a recalled text in a preview",
    "a tab shows a recalled text",
    (run) => {
      const { seq } = recalledRow(run);
      inTab(run, seq).splice(7, 1, sentForm(recalledRow(run)).said);
    },
  ],
  [
    "a tab shows other counts",
    "a tab shows other reactions than the tables",
    (run) => inTab(run, reactedRow(run).seq).splice(5, 1, []),
  ],
  [
    "a tab forgets a reaction of its person",
    "a tab shows other own reactions than the tables",
    (run) => inTab(run, reactedRow(run).seq).splice(6, 1, []),
  ],
  [
    "a tab shows an old state",
    "a tab shows other rev than the tables",
    (run) => inTab(run, reactedRow(run).seq).splice(4, 1, 5),
  ],
  [
    "a fresh page has other counts",
    "a fresh page has other reactions than the tables",
    (run) => inPage(run).splice(5, 1, []),
  ],
  [
    "a fresh page forgets a reaction of its reader",
    "a fresh page has other own reactions than the tables",
    (run) => inPage(run).splice(6, 1, []),
  ],
  [
    "a fresh list shows a recalled text",
    "the API shows a recalled text",
    (run) => last(run.driver).splice(4, 1, `[{"preview":"${sentForm(recalledRow(run)).said}"}]`),
  ],
  ...["recalls", "reactions", "reactionsRemoved", "changesHeard"].map((what): Seeded => {
    return [`there were too few: ${what}`, "too few", (run) => Object.assign(run.demands, { [what]: 1_000 })];
  }),
];

export const wrongChangesAtDevices: Seeded[] = [...heard, ...shown];
