/**
 * Receipts: who was told of them, whether a mark says more than a device received, and whether one was lost. They have no
 * rev, and what is told may be lost; the tables and an answer in the end may not be wrong.
 */

/** After a person left, what was under way may be told for so long. */
const graceMs = 15_000;

/** A row of the table: how far the plain devices of a member have received the conversation, and all devices. */
export function addReceipt(place, { personId, program, all }) {
  place.receipts.set(personId, { program, all });
}

export class ReceiptsJudge {
  /** `person conversation` → what the plain devices said in the end. */
  claims = new Map();
  /** `person conversation` → the highest that was ever said. */
  most = new Map();
  /** `person conversation` → the highest that was told to others. */
  told = new Map();
  /** People with a tab, which says more than is written down. */
  withTab = new Set();

  constructor(world, book) {
    Object.assign(this, { world, book });
  }

  claim(person, id, seq) {
    const key = `${person} ${id}`;
    this.most.set(key, Math.max(seq, this.most.get(key) ?? 0));
  }

  /** Of one device, when its log ends. */
  closeDevice(person, held) {
    for (const [id, seq] of held) {
      const key = `${person} ${id}`;
      this.claims.set(key, Math.max(seq, this.claims.get(key) ?? 0));
    }
  }

  /** A frame that one person was told. */
  hear(at, person, { conversationId, changes }, wrong) {
    const place = this.world.places.get(conversationId);
    const stretches = place?.stretches.get(person);
    if (!stretches?.some(({ joinAt, leaveAt }) => joinAt <= at + graceMs && at <= leaveAt + graceMs))
      return wrong("told of receipts while not in it", conversationId);
    for (const { personId, deliveredSeq = 0, readSeq = 0 } of changes) {
      this.book.count("receiptsHeard");
      if (!place.stretches.has(personId)) wrong("told of receipts of a non-member", `${conversationId} ${personId}`);
      if (Math.max(deliveredSeq, readSeq) > place.lastSeq)
        wrong("told of receipts beyond the last message", `${conversationId} ${personId}`);
      const key = `${personId} ${conversationId}`;
      this.told.set(key, Math.max(deliveredSeq, this.told.get(key) ?? 0));
    }
  }

  finish() {
    for (const [key, seq] of this.told) {
      if (this.withTab.has(key.split(" ")[0]) || seq <= (this.most.get(key) ?? 0)) continue;
      this.book.wrong("told that more was delivered than a device had", `${key} ${seq} of ${this.most.get(key)}`);
    }
    for (const place of this.world.places.values()) {
      for (const [person, { left }] of place.members) if (!left) this.#compare(place, person);
    }
  }

  /** A device that stands at the end has said so, and that is in the table. */
  #compare(place, person) {
    const claim = this.claims.get(`${person} ${place.id}`);
    if (claim === undefined) return;
    const { program = 0 } = place.receipts.get(person) ?? {};
    const where = `${place.id} ${person} ${program} of ${claim}`;
    this.book.count("receiptsCompared");
    if (program < claim) this.book.wrong("a delivered mark is lost", where);
    if (program > claim) this.book.wrong("a delivered mark is beyond what was received", where);
  }

  /** What the API answers to a member in the end: the marks of all others. */
  fresh(place, person, marks) {
    const expected = [...place.members.values()]
      .filter(({ personId, left }) => !left && personId !== person)
      .map(({ personId, lastReadSeq }) => {
        const { all = 0 } = place.receipts.get(personId) ?? {};
        return [personId, Math.max(lastReadSeq, all), lastReadSeq];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1));
    this.book.count("receiptsAnswered", marks.length);
    if (JSON.stringify(marks) !== JSON.stringify(expected))
      this.book.wrong("answered receipts disagree with the tables", `${place.id} to ${person}`);
  }
}
