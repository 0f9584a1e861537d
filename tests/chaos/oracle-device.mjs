/** One device's log, line by line: what it was told, what it made of it, and where it stood at the end. */

import { judgeHeldChanges, judgeTab } from "./oracle-ends.mjs";
import { Listener } from "./oracle-events.mjs";
import { KeptJudge } from "./oracle-kept.mjs";

/** Locks and limits may put so much time between the beginning of a transaction and its commit. */
const commitMs = 15_000;

class Scan extends Listener {
  /** How far this device said that it has received what it holds. */
  said = new Map();
  states = new Map();
  ends = new Set();

  /** An answer over HTTP, asked at `since`. */
  h(at, since, path, input, raw) {
    this.search(raw);
    let answers;
    try {
      answers = JSON.parse(raw);
    } catch {
      return;
    }
    // A list over HTTP, one frame over the socket.
    const data = (Array.isArray(answers) ? answers[0] : answers?.data)?.result?.data;
    if (!data || !input?.conversationId) return;
    const place = this.world.places.get(input.conversationId);
    const messages = data.messages ?? data.changes?.flatMap(({ message }) => message ?? []) ?? [];
    for (const recalled of this.recalledIn(raw)) {
      const where = `${path} ${input.conversationId} rev ${data.head?.rev} of ${recalled.rev}`;
      if (data.head?.rev >= recalled.rev) this.wrong("a recalled text arrived afterwards", where);
      else this.sightings.push({ recalled, since, where: `${this.name} ${where}` });
    }
    for (const message of messages) {
      const where = `${path} ${input.conversationId} ${message.seq}`;
      this.book.count("answeredMessages");
      if (place?.revs[message.seq] < message.rev) this.book.count("changesAsked");
      if (place && data.head && place.versionAt(message.seq, data.head.rev) !== message.rev)
        this.wrong("answered another state than that of its head", `${where} rev ${message.rev}`);
      this.sees(place, message, where);
      const may = place?.stretches
        .get(this.person)
        ?.some(
          ({ visibleFromSeq, lastSeq, joinAt, leaveAt }) =>
            visibleFromSeq <= message.seq && message.seq <= lastSeq && joinAt <= at && since <= leaveAt + commitMs,
        );
      if (!may) this.wrong("answered what I may not read", where);
    }
  }

  /** The heads that come with a subscription: of conversations that I am in, and of no other. */
  p(at, _, raw) {
    this.search(raw);
    for (const id of Object.keys(JSON.parse(JSON.parse(raw).data).heads)) {
      const stretches = this.world.places.get(id)?.stretches.get(this.person);
      this.book.count("heads");
      if (!stretches?.some(({ joinAt, leaveAt }) => joinAt <= at && at <= leaveAt + commitMs)) {
        this.wrong("told of a conversation while not in it", `${id} in the heads`);
      }
    }
  }

  o(_, id, base, rev) {
    const stretch = this.world.places.get(id)?.stretchAt(this.person, rev);
    if (!stretch) this.wrong("opened a conversation while not in it", `${id} rev ${rev}`);
    else if (base + 1 < stretch.visibleFromSeq) this.wrong("opened below the beginning", `${id} ${base}`);
    this.states.set(id, { base, last: base, revs: new Map() });
  }

  a(_, id, rev, seq) {
    const state = this.states.get(id);
    const where = `${id} ${seq}`;
    this.book.count("applied");
    if (!state) return this.wrong("applied to a conversation that is not held", where);
    if (seq <= state.last) this.wrong("applied twice or out of order", where);
    if (seq > state.last + 1) this.wrong("applied past a hole", where);
    const place = this.world.places.get(id);
    if (!place?.version(seq, rev)) this.wrong("applied at another rev", where);
    const may = place?.stretches.get(this.person)?.some((one) => one.visibleFromSeq <= seq && seq <= one.lastSeq);
    if (!may) this.wrong("holds what it may not read", where);
    state.last = seq;
  }

  /** A message that is held was replaced by a later state. */
  m(_, id, rev, seq) {
    const state = this.states.get(id);
    const where = `${id} ${seq} rev ${rev}`;
    this.book.count("changesApplied");
    if (!state || seq > state.last) return this.wrong("changed a message that is not held", where);
    if (!this.world.places.get(id)?.version(seq, rev)) this.wrong("applied at another rev", where);
    if (rev < (state.revs.get(seq) ?? 0)) this.wrong("a message went back to an earlier state", where);
    state.revs.set(seq, rev);
  }

  /** Stands at this rev: every message up to it is held. */
  c(_, id, rev) {
    const state = this.states.get(id);
    const known = this.world.places.get(id)?.seqAt(rev);
    this.book.count("declaredCurrent");
    if (state && state.last !== known)
      this.wrong("called itself current past a hole", `${id} ${state.last} of ${known}`);
  }

  r(at, id, rev) {
    this.c(at, id, rev);
  }

  l(_, id) {
    this.states.delete(id);
    this.said.delete(id);
  }

  /** Says that it has received so much. */
  d(_, id, seq) {
    this.said.set(id, seq);
    this.receipts.claim(this.person, id, seq);
    if (seq > (this.states.get(id)?.last ?? 0))
      this.wrong("says that it received what it does not hold", `${id} ${seq}`);
  }

  end(_, id, rev, base, lastSeq, chain, changed) {
    const place = this.world.places.get(id);
    const where = `${id} at ${lastSeq}`;
    this.ends.add(id);
    this.book.count("finalStates");
    if (place?.members.get(this.person)?.left !== false)
      return this.wrong("holds a conversation at the end that it is not in", where);
    if (rev !== place.rev || lastSeq !== place.lastSeq)
      this.wrong("not current at the end", `${where}, rev ${rev} of ${place.rev}`);
    if (chain !== place.chainFrom(base)) this.wrong("holds something else than the tables at the end", where);
    if (this.states.get(id)?.last !== lastSeq) this.wrong("holds something else than it wrote down", where);
    judgeHeldChanges(this, place, base, new Map(changed.map((one) => [one[0], one])));
  }

  tab(_, id, metadata, timelineRev, shown) {
    judgeTab(this, id, metadata, timelineRev, shown);
  }

  settings(_, id, settings) {
    this.kept().settings(id, settings);
  }

  "kept-marks"(_, id, hidden, starred) {
    this.kept().marks(id, hidden, starred);
  }

  pins(_, id, base, pins) {
    this.kept().pins(id, base, pins);
  }

  /** A device that has nothing of what is kept would agree with everything. */
  "kept-end"(_, settings, marks) {
    this.book.count("keptDevices");
    let mine = 0;
    for (const place of this.world.places.values()) if (place.members.get(this.person)?.left === false) mine += 1;
    if (settings !== mine) this.wrong("holds the settings of other conversations", `${settings} of ${mine}`);
    if (marks < Math.min(2, mine)) this.wrong("holds no marks at the end", `${marks}`);
  }

  keeps(_, path) {
    this.book.count(`changed ${path}`);
  }

  "keeps-not"() {
    this.book.count("keepingRefused");
  }

  kept() {
    const { world, book, person } = this;
    return new KeptJudge({ world, book, person, wrong: (kind, where) => this.wrong(kind, where) });
  }

  "tab-end"() {
    this.receipts.withTab.add(this.person);
    this.book.count("tabs");
  }

  finish() {
    this.receipts.closeDevice(this.person, this.said);
    for (const place of this.world.places.values()) {
      if (place.members.get(this.person)?.left !== false || this.ends.has(place.id)) continue;
      this.wrong("lacks a conversation at the end", place.id);
    }
    for (const [client, intent] of this.intents) {
      if (!intent.seq) this.open.set(`${intent.id} ${this.person} ${client}`, intent);
    }
  }
}

const kinds = [
  "device",
  "on",
  "off",
  "f",
  "p",
  "h",
  "o",
  "a",
  "c",
  "r",
  "l",
  "d",
  "i",
  "t",
  "u",
  "n",
  "b",
  "k",
  "w",
  "y",
  "z",
  "v",
  "m",
  "end",
  "settings",
  "kept-marks",
  "pins",
  "kept-end",
  "keeps",
  "keeps-not",
  "tab",
  "tab-end",
];

export async function scanDevice(lines, parts) {
  const scan = new Scan(parts);
  for await (const batch of lines) {
    for (const [kind, ...rest] of batch) {
      if (kinds.includes(kind)) scan[kind](...rest);
      else scan.wrong("an unknown line", kind);
    }
  }
  scan.finish();
}
