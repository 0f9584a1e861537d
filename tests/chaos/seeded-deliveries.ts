/** Violations of who hears what, and in which order, seeded into a good run. */
import { canaryOf, frameOf, type MessageRow, messageOf, type Recorded, sentOf } from "#tests/chaos/record.ts";
import {
  last,
  leaving,
  linesOf,
  log,
  member,
  messages,
  present,
  removed,
  type Seeded,
  texts,
  whileAway,
} from "#tests/chaos/recorded-places.ts";

/** An answer over HTTP that brings this message. */
function answered(run: Recorded, device: string, row: MessageRow, at: number): void {
  const raw = JSON.stringify([{ result: { data: { messages: [messageOf(row)] } } }]);
  log(run, device).push(["h", at, at - 5, "messages.page", { conversationId: row.place }, raw]);
}

export const wrongAtDevices: Seeded[] = [
  [
    "an applied message is dropped",
    "applied past a hole",
    (run) => removed(log(run, "cy-1"), present(linesOf(log(run, "cy-1"), "a")[3])),
  ],
  [
    "a message is applied twice",
    "applied twice or out of order",
    (run) => {
      const lines = log(run, "ann-2");
      const line = present(linesOf(lines, "a")[4]);
      lines.splice(lines.indexOf(line), 0, line);
    },
  ],
  [
    "two messages change places on one device",
    "applied past a hole",
    (run) => {
      const lines = log(run, "ann-1");
      const [one, other] = [present(linesOf(lines, "a")[4]), present(linesOf(lines, "a")[5])];
      const [at, place] = [lines.indexOf(one), lines.indexOf(other)];
      lines[at] = other;
      lines[place] = one;
    },
  ],
  [
    "an event reaches a person after they left",
    "told of a conversation while not in it",
    (run) => {
      const lines = log(run, "cy-1");
      lines.splice(lines.indexOf(present(linesOf(lines, "l")[0])) + 1, 0, ["f", 3_000, 1, sentOf(whileAway(run))]);
    },
  ],
  [
    "a bare number reaches a person after they left",
    "told of a conversation while not in it",
    (run) => {
      const { rev } = whileAway(run);
      const raw = frameOf({ scope: "conversation", type: "conversation.rev_changed", conversationId: "park", rev });
      log(run, "cy-1").push(["f", leaving(run).at + 10, 1, raw]);
    },
  ],
  [
    "a frame leaks to a stranger",
    "a foreign canary arrived",
    (run) => log(run, "dee-1").push(["f", 9_000, 1, sentOf(last(texts(run)))]),
  ],
  [
    "an answer leaks to a stranger inside another field",
    "a foreign canary arrived",
    (run) =>
      log(run, "dee-1").push(["h", 9_000, 8_990, "conversations.list", null, `{"preview":"${canaryOf("park")}"}`]),
  ],
  [
    "a stranger learns that a conversation moved",
    "told of a conversation while not in it",
    (run) => {
      log(run, "dee-1").push([
        "f",
        9_000,
        1,
        frameOf({ scope: "conversation", type: "conversation.rev_changed", conversationId: "park", rev: 9 }),
      ]);
    },
  ],
  [
    "the heads of a subscription name a strange conversation",
    "told of a conversation while not in it",
    (run) => {
      const data = JSON.stringify({ rev: 1, heads: { park: 5 } });
      log(run, "dee-1").push(["p", 9_000, 1, JSON.stringify({ event: "subscription_succeeded", data })]);
    },
  ],
  [
    "an answer over the socket leaks to a stranger",
    "answered what I may not read",
    (run) => {
      const data = { id: "1", result: { data: { messages: [messageOf(last(texts(run)))] } } };
      const raw = JSON.stringify({ event: "im:result", data });
      log(run, "dee-1").push(["h", 9_000, 8_995, "messages.page", { conversationId: "park" }, raw]);
    },
  ],
  [
    "a stranger is given a conversation",
    "given a conversation that I was never in",
    (run) => {
      const raw = frameOf({ type: "conversation.added", rev: 9, conversation: { id: "park" } });
      log(run, "dee-1").push(["f", 9_000, 1, raw]);
    },
  ],
  [
    "messages from before a member came back are answered to them",
    "answered what I may not read",
    (run) => answered(run, "cy-1", whileAway(run), 9_000),
  ],
  [
    "messages from before a member joined are sent to them",
    "told what was said before I came",
    (run) => {
      const [first] = texts(run);
      const row = { ...present(first), rev: last(messages(run)).rev };
      log(run, "cy-1").push(["f", 9_000, 1, sentOf(row)]);
    },
  ],
  [
    "a newcomer opens below the beginning",
    "opened below the beginning",
    (run) => last(linesOf(log(run, "cy-1"), "o")).splice(3, 1, 0),
  ],
  [
    "a conversation that was left comes back to life",
    "holds a conversation at the end that it is not in",
    (run) => {
      Object.assign(member(run, "cy"), { left: true });
    },
  ],
  [
    "a read mark goes back",
    "a read mark went back",
    (run) => {
      const raw = frameOf({ type: "read_marker.changed", rev: 6, conversationId: "park", lastReadSeq: 3 });
      log(run, "ann-2").push(["f", 9_000, 1, raw]);
    },
  ],
];
