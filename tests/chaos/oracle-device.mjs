/** One device's log, line by line: what it was told, what it made of it, and where it stood at the end. */

import { Sender } from "./oracle-sender.mjs";
import { judgeTab } from "./oracle-tab.mjs";
import { canariesIn, digestOf } from "./oracle-tables.mjs";

/** After its session ended a socket may carry what was under way for so long. */
const graceMs = 1_000;
/** Locks and limits may put so much time between the beginning of a transaction and its commit. */
const commitMs = 15_000;

class Scan extends Sender {
  states = new Map();
  sockets = new Map();
  marks = new Map();
  markRev = 0;
  ends = new Set();

  /** Everything that arrives is searched for texts of conversations that this person was never in. */
  search(raw) {
    this.book.count("bytesSearched", raw.length);
    for (const canary of canariesIn(raw)) {
      this.book.count("canaries");
      if (!this.world.byCanary.get(canary)?.stretches.has(this.person)) this.wrong("a foreign canary arrived", canary);
    }
  }

  device(_, name, person) {
    this.name = name;
    this.person = person;
  }

  on(_, socket, session) {
    this.sockets.set(socket, session);
    this.book.count("connections");
  }

  off(_, socket, code) {
    if (code === 4009) this.book.count("closedByRevocation");
    this.sockets.delete(socket);
  }

  /** A frame with an event. */
  f(at, socket, raw) {
    this.search(raw);
    this.book.count("frames");
    const endedAt = this.seen.revoked.get(this.name)?.get(this.sockets.get(socket));
    if (endedAt !== undefined && at > endedAt + graceMs)
      this.wrong("told after the session had ended", `${at - endedAt} ms`);
    const event = JSON.parse(JSON.parse(raw).data);
    if (event.scope === "conversation") this.told(at, event);
    else this.toldMyself(event);
  }

  told(at, { type, conversationId, rev, message }) {
    const place = this.world.places.get(conversationId);
    const where = `${conversationId} rev ${rev}`;
    const stretch = place?.stretchAt(this.person, rev);
    if (!stretch && !this.cameBack(place, at, rev, type))
      this.wrong("told of a conversation while not in it", `${where} ${type}`);
    if (!message) return;
    this.book.count("deliveries");
    this.sees(place, message, where);
    const visibleFromSeq = stretch?.visibleFromSeq ?? 1;
    if (message.seq < visibleFromSeq) this.wrong("told what was said before I came", where);
    if (place?.revs[message.seq] !== rev) this.wrong("an event carries another rev than its message", where);
  }

  /** What happened while I was away, told when I had come back: bare numbers; all of it where history is shown. */
  cameBack(place, at, rev, type) {
    if (!place?.history && type !== "conversation.rev_changed") return false;
    const next = place?.stretches.get(this.person)?.find(({ joinRev }) => joinRev > rev);
    const before = place?.stretches.get(this.person)?.some(({ leaveRev }) => leaveRev < rev);
    return Boolean(next && before && at >= next.joinAt);
  }

  toldMyself({ type, rev, conversation, conversationId, lastReadSeq }) {
    if (type === "conversation.added" && !this.world.places.get(conversation.id)?.stretches.has(this.person)) {
      this.wrong("given a conversation that I was never in", conversation.id);
    }
    if (type !== "read_marker.changed" || rev <= this.markRev) return;
    this.markRev = rev;
    this.book.count("readMarks");
    if (lastReadSeq < (this.marks.get(conversationId) ?? 0))
      this.wrong("a read mark went back", `${conversationId} ${lastReadSeq}`);
    this.marks.set(conversationId, lastReadSeq);
  }

  /** Is it what the table says? */
  sees(place, { seq, senderId, clientId, content }, where) {
    const said = content.kind === "text" ? content.text : `notice:${content.notice}:${content.personId ?? ""}`;
    const stored = place && seq <= place.n ? place.digest(seq) : "";
    if (digestOf(seq, senderId, clientId, said) !== stored) this.wrong("shown what is not in the table", where);
  }

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
    for (const message of messages) {
      const where = `${path} ${input.conversationId} ${message.seq}`;
      this.book.count("answeredMessages");
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
    this.states.set(id, { base, last: base });
  }

  a(_, id, rev, seq) {
    const state = this.states.get(id);
    const where = `${id} ${seq}`;
    this.book.count("applied");
    if (!state) return this.wrong("applied to a conversation that is not held", where);
    if (seq <= state.last) this.wrong("applied twice or out of order", where);
    if (seq > state.last + 1) this.wrong("applied past a hole", where);
    const place = this.world.places.get(id);
    if (place?.revs[seq] !== rev) this.wrong("applied at another rev", where);
    const may = place?.stretches.get(this.person)?.some((one) => one.visibleFromSeq <= seq && seq <= one.lastSeq);
    if (!may) this.wrong("holds what it may not read", where);
    state.last = seq;
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
  }

  end(_, id, rev, base, lastSeq, chain) {
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
  }

  tab(_, id, metadata, timelineRev, shown) {
    judgeTab(this, id, metadata, timelineRev, shown);
  }

  "tab-end"() {
    this.book.count("tabs");
  }

  finish() {
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
  "i",
  "t",
  "u",
  "n",
  "b",
  "k",
  "end",
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
