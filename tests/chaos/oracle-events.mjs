/** The events that one device was told, as they came: to whom, in which order, and what was in them. */
import { Changer } from "./oracle-changes.mjs";
import { canariesIn, reactionsBy, saidBy } from "./oracle-text.mjs";

/** After its session ended a socket may carry what was under way for so long. */
const graceMs = 1_000;
export class Listener extends Changer {
  sockets = new Map();
  marks = new Map();
  markRev = 0;
  /** `socket conversation` → the highest rev that was told. */
  toldRevs = new Map();

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
    const { event: name, data } = JSON.parse(raw);
    const event = JSON.parse(data);
    if (name === "conversation.receipts")
      return this.receipts.hear(at, this.person, event, (kind, where) => this.wrong(kind, where));
    this.searchEvent(raw, socket, event);
    if (event.scope === "conversation") this.told(at, event);
    else this.toldMyself(event);
  }

  /**
   * A recalled text may have been on its way: it comes with a rev below that of the recall, and on this socket not after
   * a rev that follows the recall.
   */
  searchEvent(raw, socket, { scope, conversationId, rev, conversation }) {
    const id = conversationId ?? conversation?.id;
    const key = `${socket} ${id}`;
    const told = this.toldRevs.get(key) ?? 0;
    const at = scope === "conversation" ? rev : (conversation?.rev ?? 0);
    for (const recalled of this.recalledIn(raw)) {
      if (recalled.placeId !== id || Math.max(at, told) >= recalled.rev)
        this.wrong("a recalled text arrived afterwards", `${id} rev ${at}, told ${told} of ${recalled.rev}`);
    }
    if (scope === "conversation") this.toldRevs.set(key, Math.max(told, rev));
  }

  told(at, { type, conversationId, rev, message, reactions }) {
    const place = this.world.places.get(conversationId);
    const where = `${conversationId} rev ${rev}`;
    const stretch = place?.stretchAt(this.person, rev);
    if (!stretch && !this.cameBack(place, at, rev, type))
      this.wrong("told of a conversation while not in it", `${where} ${type}`);
    if (!message) return;
    this.book.count(type === "message.changed" ? "changesHeard" : "deliveries");
    this.sees(place, message, where);
    const visibleFromSeq = stretch?.visibleFromSeq ?? 1;
    if (message.seq < visibleFromSeq) this.wrong("told what was said before I came", where);
    if (message.rev !== rev) this.wrong("an event carries another rev than its message", where);
    else if ((place?.revs[message.seq] === rev) !== (type === "message.sent"))
      this.wrong("a change was told as sent, or a message as changed", `${where} ${type}`);
    for (const change of reactions ?? []) this.toldReaction(place, rev, message, change);
  }

  /** As the row is in the end, unless it changed again. */
  toldReaction(place, rev, { seq }, { personId, emoji, reacted }) {
    if (!place || place.recallRev(seq) < Infinity) return;
    const row = place.changed.get(seq)?.reactions.get(`${personId} ${emoji}`);
    if (row?.rev > rev) return;
    this.book.count("reactionsHeard");
    if (!row || row.removed === reacted)
      this.wrong("told of a reaction that was not made", `${place.id} ${seq} rev ${rev} ${personId} ${emoji}`);
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

  /** Is it what the table said at its rev? */
  sees(place, { seq, senderId, clientId, content, rev, reactions }, where) {
    // From the parsed form to the compared one.
    const shown = JSON.parse(reactionsBy(reactions));
    this.checkState(place, [seq, senderId, clientId, saidBy(content), rev, shown], where);
  }
}
