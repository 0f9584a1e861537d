/** What one device sent and what it was answered. */
import { digestOf } from "./oracle-text.mjs";

export class Sender {
  name = "";
  person = "";
  intents = new Map();
  lastAcked = new Map();

  constructor(parts) {
    // { world, seen, book, open, changes, sightings }
    Object.assign(this, parts);
  }

  wrong(kind, about) {
    this.book.wrong(kind, `${this.name} ${about}`);
  }

  i(_, id, client, text) {
    if (!this.intents.has(client)) this.intents.set(client, { id, text, unanswered: false, refused: false, seq: 0 });
  }

  t() {
    this.book.count("attempts");
  }

  u(_, client) {
    const intent = this.intents.get(client);
    if (intent) intent.unanswered = true;
    this.book.count("unanswered");
  }

  n(_, __, client) {
    const intent = this.intents.get(client);
    if (intent) intent.refused = true;
    this.book.count("refused");
  }

  b() {
    this.book.count("bugsAnswered");
  }

  /** Acknowledged: stored at this seq, with this text, and after everything that this device had sent there before. */
  k(_, id, client, seq, rev, outcome, said, reactions) {
    const place = this.world.places.get(id);
    const intent = this.intents.get(client);
    const where = `${id} ${seq} ${client}`;
    if (!intent) return this.wrong("acknowledged, and never sent", where);
    const stored = place && seq <= place.n ? place.digest(seq) : "";
    if (stored !== digestOf(seq, this.person, client, intent.text))
      return this.wrong("acknowledged, and not stored", where);
    if (outcome === "duplicate") {
      // The message as it was when the repetition was answered; a sender who was away then is told no reactions.
      const left = place.stretches.get(this.person)?.some(({ leaveRev }) => leaveRev < Infinity);
      this.checkState(place, [seq, this.person, client, said, rev, reactions], where, left);
      if (said === "recalled:") this.book.count("placeholdersAcknowledged");
    } else if (rev !== place.revs[seq]) this.wrong("acknowledged at another rev", where);
    if (intent.seq) return this.book.count("acknowledgedAgain");
    this.book.count("acked");
    if (place.answered[seq]) this.wrong("one seq acknowledged for two messages", where);
    if (seq <= (this.lastAcked.get(id) ?? 0)) this.wrong("a sender's order is broken", where);
    this.lastAcked.set(id, seq);
    place.answered[seq] = 1;
    intent.seq = seq;
  }
}
