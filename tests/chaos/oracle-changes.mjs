/** What one device asked to change of messages and was answered; and, when all were read, whether the tables have it. */
import { Sender } from "./oracle-sender.mjs";
import { digestOf, digestOfWords, watermarksIn } from "./oracle-text.mjs";

/** Begins what stands for an edit where reactions have their emoji. */
const editMark = "edit ";

export class Changer extends Sender {
  wishes = new Map();

  /** A recall (no emoji), a reaction added or removed, or an edit, which stands in place of an emoji as the digest of its words. */
  w(_, number, id, seq, emoji, reacted, text = null) {
    const what = text === null ? emoji : editMark + digestOfWords(text);
    this.wishes.set(number, { id, seq, emoji: what, reacted, text, unanswered: false });
    this.askedFor(id, seq, what);
  }

  y(_, number) {
    const wish = this.wishes.get(number);
    if (!wish) return;
    wish.unanswered = true;
    this.askedFor(wish.id, wish.seq, wish.emoji).unanswered.add(wish.reacted);
    this.book.count("changesUnanswered");
  }

  z() {
    this.book.count("changesRefused");
  }

  /** Acknowledged, with the message as it was then. */
  v(at, number, id, state) {
    const wish = this.wishes.get(number);
    const [seq, , , said, rev] = state;
    const where = `${id} ${seq} rev ${rev}`;
    if (!wish || wish.id !== id || wish.seq !== seq) return this.wrong("an answer to another change", where);
    const place = this.world.places.get(id);
    this.checkState(place, state, where);
    for (const recalled of this.recalledIn(JSON.stringify(state))) {
      if (rev >= recalled.rev) this.wrong("a recalled text arrived afterwards", where);
    }
    const asked = this.askedFor(id, seq, wish.emoji);
    if (wish.text !== null) return this.edited(wish, asked, said, rev, where);
    if (wish.emoji === null) {
      this.book.count("recalls");
      if (wish.unanswered) this.book.count("recallsRepeated");
      asked.acked ??= { rev, reacted: null };
      if (said !== "recalled:" || !(place?.recallRev(seq) <= rev))
        return this.wrong("an acknowledged recall is not in the table", where);
      const recalled = this.world.recalledAt.get(`${id} ${seq}`);
      if (recalled) recalled.ackedAt = Math.min(recalled.ackedAt, at);
      return;
    }
    this.book.count(wish.reacted ? "reactions" : "reactionsRemoved");
    if (wish.unanswered) this.book.count("reactionsRepeated");
    if (asked.acked?.rev === rev && asked.acked.reacted !== wish.reacted)
      this.wrong("one rev acknowledged both ways", where);
    if (!(asked.acked?.rev >= rev)) asked.acked = { rev, reacted: wish.reacted };
  }

  edited(wish, asked, said, rev, where) {
    this.book.count("edits");
    if (wish.unanswered) this.book.count("editsRepeated");
    asked.acked ??= { rev, reacted: null };
    if (said !== wish.text) this.wrong("an edit was acknowledged with other words", where);
  }

  askedFor(id, seq, emoji) {
    const key = `${id} ${seq} ${this.person} ${emoji}`;
    let asked = this.changes.get(key);
    if (!asked) {
      asked = { id, seq, person: this.person, emoji, unanswered: new Set() };
      this.changes.set(key, asked);
    }
    return asked;
  }

  /** A message in an answer or at the end, in the form of tests/chaos/wire.ts, is one that the tables had. */
  checkState(place, [seq, sender, client, said, rev, reactions], where, mayBeHidden = false) {
    const version = place?.version(seq, rev);
    if (digestOf(seq, sender, client, said) !== version?.digest)
      return this.wrong("shown what is not in the table", where);
    if (JSON.stringify(reactions) !== version.reactions && !(mayBeHidden && reactions.length === 0))
      this.wrong("shown other reactions than the table's", `${where} ${JSON.stringify(reactions)}`);
  }

  /** Recalled messages with a text that is found here. */
  recalledIn(raw) {
    const found = watermarksIn(raw).flatMap((watermark) => this.world.byWatermark.get(watermark) ?? []);
    this.book.count("recalledTextsSeen", found.length);
    return found;
  }
}

/** When all devices were read. `seen`: recalled texts in answers to questions, by the time of the question. */
export function judgeChanges({ world, book, changes, seen }) {
  for (const { recalled, since, where } of seen) {
    if (since > recalled.ackedAt) book.wrong("a recalled text arrived afterwards", where);
  }
  for (const asked of changes.values()) {
    if (asked.emoji === null || !asked.acked) continue;
    if (asked.emoji.startsWith(editMark)) judgeEdit(world.places.get(asked.id), asked, book);
    else judgeReaction(world.places.get(asked.id), asked, book);
  }
  for (const place of world.places.values()) {
    for (const [seq, changed] of place.changed) {
      const where = `${place.id} ${seq}`;
      const recall = changes.get(`${place.id} ${seq} ${changed.sender} null`);
      if (changed.recalled && !recall) book.wrong("recalled, and the sender did not ask for it", where);
      else if (changed.recalled && !recall.acked && recall.unanswered.size === 0)
        book.wrong("refused, and recalled all the same", where);
      for (const words of changed.edits) {
        const edit = changes.get(`${place.id} ${seq} ${changed.sender} ${editMark}${words}`);
        if (!edit) book.wrong("edited, and the sender did not ask for it", where);
        else if (!edit.acked && edit.unanswered.size === 0) book.wrong("refused, and edited all the same", where);
      }
      for (const { personId, emoji } of changed.reactions.values()) {
        const reaction = changes.get(`${place.id} ${seq} ${personId} ${emoji}`);
        if (!reaction) book.wrong("a reaction that was not asked for", `${where} ${emoji}`);
        else if (!reaction.acked && reaction.unanswered.size === 0)
          book.wrong("refused, and reacted all the same", `${where} ${emoji}`);
      }
    }
  }
}

function judgeEdit(place, { seq, emoji }, book) {
  book.count("editsCompared");
  const kept = place?.changed.get(seq)?.edits.includes(emoji.slice(editMark.length));
  if (!kept) book.wrong("an acknowledged edit is not in the table", `${place?.id} ${seq}`);
}

/** The last acknowledged state, unless a later change is explained by an attempt that got no answer. */
function judgeReaction(place, { seq, person, emoji, acked, unanswered }, book) {
  const where = `${place?.id} ${seq} ${person} ${emoji} rev ${acked.rev}`;
  const recallRev = place?.recallRev(seq) ?? 0;
  if (acked.rev >= recallRev) return book.wrong("a reaction was acknowledged after the recall", where);
  if (recallRev < Infinity) return book.count("reactionsRecalled");
  const row = place.changed.get(seq)?.reactions.get(`${person} ${emoji}`);
  const reacted = row !== undefined && !row.removed;
  book.count("reactionsCompared");
  if (row?.rev > acked.rev && unanswered.has(reacted)) book.count("reactionsWithoutAnswer");
  else if (reacted !== acked.reacted || row?.rev > acked.rev)
    book.wrong("an acknowledged reaction is not in the table", where);
}
