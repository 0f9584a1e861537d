/** One conversation: every message as it was sent, what changed of it since, and who was a member from where to where. */
import { createHash } from "node:crypto";
import { digestOf } from "./oracle-text.mjs";

export class Place {
  n = 0;
  /** person → stretches { visibleFromSeq, joinRev, joinAt, lastSeq, leaveRev, leaveAt } in order. */
  stretches = new Map();
  members = new Map();
  /** person → how far their devices have received it, in the end. */
  receipts = new Map();
  /** The seq of pinned messages, rising. */
  pinned = [];
  /**
   * seq → { rev, recalled, versions: rev → { digest, reactions }, edits: digests of words, reactions: `person emoji` → row }
   * of messages that changed.
   */
  changed = new Map();
  #chains = new Map();

  constructor({ id, rev, lastSeq, history, canary }) {
    Object.assign(this, { id, rev, lastSeq, history, canary });
    this.digests = Buffer.alloc((lastSeq + 2) * 8);
    this.revs = new Uint32Array(lastSeq + 2);
    /** When each was sent, in milliseconds. */
    this.times = new Float64Array(lastSeq + 2);
    this.answered = new Uint8Array(lastSeq + 2);
  }

  /** Of the message as it was sent. */
  digest(seq) {
    return this.digests.toString("hex", seq * 8, seq * 8 + 8);
  }

  /** The message as it was at this rev of its own; undefined when it had no such. */
  version(seq, rev) {
    const changed = this.changed.get(seq);
    if (changed) return changed.versions.get(rev);
    return seq <= this.n && this.revs[seq] === rev ? { digest: this.digest(seq), reactions: "[]" } : undefined;
  }

  /** The rev of the message when the conversation was at `rev`. */
  versionAt(seq, rev) {
    const revs = [...(this.changed.get(seq)?.versions.keys() ?? [this.revs[seq]])];
    return revs.findLast((one) => one <= rev);
  }

  /** The message as it is in the end. */
  now(seq) {
    const rev = this.changed.get(seq)?.rev ?? this.revs[seq];
    return { rev, ...this.version(seq, rev) };
  }

  recallRev(seq) {
    const changed = this.changed.get(seq);
    return changed?.recalled ? changed.rev : Infinity;
  }

  ownReactions(seq, person) {
    const rows = [...(this.changed.get(seq)?.reactions.values() ?? [])];
    return rows.flatMap(({ personId, emoji, removed }) => (personId === person && !removed ? [emoji] : [])).sort();
  }

  /** What a shown message [seq, sender, client, said, rev, reactions, own] has other than the tables; undefined: nothing. */
  differsFromNow([seq, sender, client, said, rev, reactions, own], person) {
    const now = seq <= this.n ? this.now(seq) : undefined;
    if (digestOf(seq, sender, client, said) !== now?.digest) return "said";
    if (rev !== now.rev) return "rev";
    if (JSON.stringify(reactions) !== now.reactions) return "reactions";
    return JSON.stringify(own) === JSON.stringify(this.ownReactions(seq, person)) ? undefined : "own reactions";
  }

  /** The last message that a client at `rev` knows. */
  seqAt(rev) {
    let [low, high] = [0, this.n];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.revs[middle] <= rev) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The chain over everything after `base`, as it is in the end. */
  chainFrom(base) {
    const known = this.#chains.get(base);
    if (known !== undefined) return known;
    let chain = "";
    for (let seq = base + 1; seq <= this.n; seq += 1) {
      chain = createHash("sha1").update(chain).update(this.now(seq).digest).digest("hex");
    }
    this.#chains.set(base, chain);
    return chain;
  }

  /** The stretch of membership of a person in which the conversation was at `rev`. */
  stretchAt(person, rev) {
    return this.stretches.get(person)?.find(({ joinRev, leaveRev }) => joinRev <= rev && rev <= leaveRev);
  }

  enter(person, { visibleFromSeq, joinRev, joinAt }) {
    const all = this.stretches.get(person) ?? [];
    all.push({ visibleFromSeq, joinRev, joinAt, lastSeq: Infinity, leaveRev: Infinity, leaveAt: Infinity });
    this.stretches.set(person, all);
  }

  leave(person, { lastSeq, leaveRev, leaveAt }) {
    Object.assign(this.openStretch(person) ?? {}, { lastSeq, leaveRev, leaveAt });
  }

  openStretch(person) {
    const last = this.stretches.get(person)?.at(-1);
    return last?.leaveRev === Infinity ? last : undefined;
  }
}
