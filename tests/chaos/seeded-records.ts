/** Violations in what is stored, acknowledged, and held at the end, seeded into a good run. */
import { canaryOf, frameOf, messageOf, type Recorded, sentOf } from "#tests/chaos/record.ts";
import {
  fresh,
  last,
  linesOf,
  log,
  messages,
  park,
  present,
  removed,
  returning,
  type Seeded,
  texts,
  whileAway,
} from "#tests/chaos/recorded-places.ts";

export const wrongAtTheEnd: Seeded[] = [
  [
    "an acknowledged message is not in the table",
    "acknowledged, and not stored",
    (run) => {
      messages(run).pop();
      park(run).row.lastSeq -= 1;
    },
  ],
  [
    "an acknowledged text was changed in the table",
    "acknowledged, and not stored",
    (run) => {
      last(texts(run)).said += "!";
    },
  ],
  [
    "one device is shown another text",
    "shown what is not in the table",
    (run) => {
      const line = last(linesOf(log(run, "bo-1"), "f"));
      line[3] = String(line[3]).replace(/message (?=\d)/, "massage ");
    },
  ],
  [
    "a message carries the rev of another",
    "an event carries another rev than its message",
    (run) => {
      const row = present(texts(run)[2]);
      const raw = frameOf({
        scope: "conversation",
        type: "message.sent",
        conversationId: "park",
        rev: row.rev + 1,
        message: messageOf(row),
      });
      log(run, "ann-1").push(["f", 9_000, 1, raw]);
    },
  ],
  [
    "something is told after the session had ended",
    "told after the session had ended",
    (run) => {
      const lines = log(run, "bo-1");
      const at = Number(present(run.driver.find(([kind]) => kind === "revoke"))[1]) + 1_500;
      const off = lines.findIndex(([kind, , , code]) => kind === "off" && code === 4009);
      lines.splice(off, 0, ["f", at, 1, sentOf(last(texts(run)))]);
    },
  ],
  ["a seq is missing in the table", "a seq is missing or twice in the table", (run) => messages(run).splice(6, 1)],
  [
    "one clientId is stored twice",
    "one clientId is stored twice",
    (run) => {
      const row = last(texts(run));
      messages(run).push({ ...row, seq: row.seq + 1, rev: row.rev + 1 });
      Object.assign(park(run).row, { rev: row.rev + 1, lastSeq: row.seq + 1 });
    },
  ],
  [
    "a message is stored that was never sent",
    "stored, but never sent",
    (run) => {
      const lost = present(linesOf(log(run, "ann-2"), "i")[0]);
      removed(log(run, "ann-2"), lost);
    },
  ],
  [
    "a refused message is stored",
    "refused, and stored all the same",
    (run) => {
      const lines = log(run, "ann-2");
      const lost = present(linesOf(lines, "u")[0]);
      lines[lines.indexOf(lost)] = ["n", 2_000, "park", lost[2], "not_found"];
    },
  ],
  [
    "a message stands in the wrong conversation",
    "stored in the wrong conversation",
    (run) => {
      last(texts(run)).said = `${canaryOf("quay")} elsewhere`;
    },
  ],
  [
    "a removed member writes",
    "written by a non-member",
    (run) => {
      whileAway(run).sender = "cy";
    },
  ],
  [
    "a membership outlives its end",
    "a membership disagrees with the notices",
    (run) => {
      messages(run).splice(messages(run).indexOf(returning(run)), 1);
    },
  ],
  [
    "a device diverges",
    "holds something else than the tables at the end",
    (run) => last(linesOf(log(run, "ann-2"), "end")).splice(6, 1, "0123"),
  ],
  [
    "a device stops early",
    "not current at the end",
    (run) => {
      const end = last(linesOf(log(run, "ann-1"), "end"));
      end.splice(5, 1, Number(end[5]) - 1);
    },
  ],
  [
    "a device loses a conversation",
    "lacks a conversation at the end",
    (run) => removed(log(run, "ann-1"), last(linesOf(log(run, "ann-1"), "end"))),
  ],
  [
    "a device calls itself current past a hole",
    "called itself current past a hole",
    (run) => {
      const lines = log(run, "bo-1");
      const at = lines.findIndex(([kind]) => kind === "off");
      lines.splice(at, 0, ["c", 2_000, "park", park(run).row.rev]);
    },
  ],
  [
    "a device advances over a message that it does not hold",
    "called itself current past a hole",
    (run) => {
      const lines = log(run, "ann-1");
      lines.splice(lines.indexOf(last(linesOf(lines, "a"))), 0, ["r", 2_000, "park", last(messages(run)).rev]);
    },
  ],
  [
    "a sender's messages change places",
    "a sender's order is broken",
    (run) => {
      const lines = log(run, "ann-1");
      const acks = linesOf(lines, "k");
      const [one, other] = [present(acks[0]), present(acks[1])];
      const [at, place] = [lines.indexOf(one), lines.indexOf(other)];
      const intent = present(linesOf(lines, "i").find((line) => line[3] === other[3]));
      removed(lines, intent);
      lines.unshift(intent);
      lines[at + 1] = other;
      lines[place + 1] = one;
    },
  ],
  [
    "an acknowledgement names another message",
    "acknowledged, and not stored",
    (run) => {
      const [one, other] = linesOf(log(run, "ann-1"), "k");
      present(one)[4] = present(other)[4];
    },
  ],
  [
    "a tab's list is late",
    "a tab's list is not current",
    (run) => {
      Object.assign(present(linesOf(log(run, "ann-tab"), "tab")[0])[3] as object, { lastSeq: 4 });
    },
  ],
  [
    "a tab's timeline stops growing",
    "a tab's timeline is not current",
    (run) => (present(linesOf(log(run, "ann-tab"), "tab")[0])[5] as unknown[]).pop(),
  ],
  [
    "a tab's timeline has a hole",
    "a tab shows something else than the tables",
    (run) => (present(linesOf(log(run, "ann-tab"), "tab")[0])[5] as unknown[]).splice(3, 1),
  ],
  [
    "a fresh page lacks a message",
    "a fresh page disagrees with the tables",
    (run) => (fresh(run, "ann")[5] as unknown[]).splice(2, 1),
  ],
  [
    "a fresh fetch is older than the tables",
    "a fresh fetch disagrees with the tables",
    (run) => {
      Object.assign(fresh(run, "bo")[4] as object, { rev: 3 });
    },
  ],
  [
    "a fresh read mark is stale",
    "a read mark disagrees with the tables",
    (run) => {
      Object.assign(fresh(run, "ann")[4] as object, { lastReadSeq: 1 });
    },
  ],
  [
    "a fresh page shows messages from before a member joined",
    "the API shows messages from before a member joined",
    (run) => {
      const { seq, sender, client, said } = whileAway(run);
      (fresh(run, "cy")[5] as unknown[]).unshift([seq, sender, client, said]);
    },
  ],
  [
    "a fresh list lacks a conversation",
    "a fresh list disagrees with the tables",
    (run) => last(run.driver).splice(3, 1, 7),
  ],
  [
    "a message is written while one of two friends is blocked",
    "written during a block",
    (run) => {
      const { at } = present(texts(run)[3]);
      run.driver.push(["blocked", 9_000, "park", Number(at) - 10, Number(at) + 10]);
    },
  ],
  [
    "a fault never heals",
    "not back in time after a fault",
    (run) => present(run.driver.find(([kind]) => kind === "fault")).splice(6, 1, null),
  ],
  [
    "a client never catches up",
    "a client never caught up",
    (run) => present(run.driver.find(([kind]) => kind === "settled")).splice(2, 1, null),
  ],
  ...["faults", "rows", "kicks", "deliveries", "acked", "fresh"].map((what): Seeded => {
    const demand = (run: Recorded) => Object.assign(run.demands, { [what]: 1_000 });
    return [`there were too few: ${what}`, "too few", demand];
  }),
];
