/**
 * The tables at the end of a run, packed; and from the notices in them, who was a member of what from where to where.
 */
import { addKept } from "./oracle-kept.mjs";
import { Place } from "./oracle-place.mjs";
import { addReceipt } from "./oracle-receipts.mjs";
import { canariesIn, digestOf, digestOfWords, watermarksIn } from "./oracle-text.mjs";

export async function readTables(tables, book) {
  const world = {
    people: new Set(),
    places: new Map(),
    byCanary: new Map(),
    /** What members keep, by `person conversation`. */
    kept: new Map(),
    /** Recalled messages: { rev, ackedAt }, by `conversation seq` and by the watermark of what they said. */
    recalledAt: new Map(),
    byWatermark: new Map(),
  };
  let place;
  let clients = new Set();
  for await (const batch of tables) {
    for (const row of batch) {
      if (row.is === "person") world.people.add(row.id);
      else if (row.is === "conversation") {
        closePlace(place, book);
        place = new Place(row);
        clients = new Set();
        world.places.set(row.id, place);
        world.byCanary.set(row.canary, place);
        book.count("conversations");
      } else if (row.is === "member") addMember(place, row);
      else if (row.is === "reaction") addReaction(place, row, book);
      else if (row.is === "kept") addKept(world, row, place);
      else if (row.is === "receipt") addReceipt(place, row);
      else addMessage(place, row, { clients, book, world });
    }
  }
  closePlace(place, book);
  return world;
}

function addMember(place, row) {
  place.members.set(row.personId, row);
}

function addMessage(place, row, { clients, book, world }) {
  const { seq, sender, client, earlier } = row;
  const { rev, said } = earlier[0] ?? row;
  const where = `${place.id} ${seq}`;
  book.count("stored");
  if (seq !== place.n + 1) book.wrong("a seq is missing or twice in the table", where);
  if (rev <= place.revs[place.n]) book.wrong("rev does not grow with seq", where);
  const key = `${sender} ${client}`;
  if (clients.has(key)) book.wrong("one clientId is stored twice", where);
  clients.add(key);
  place.n = seq;
  place.revs[seq] = rev;
  place.times[seq] = row.at;
  if (row.pinned) place.pinned.push(seq);
  place.digests.write(digestOf(seq, sender, client, said), seq * 8, "hex");
  if (earlier.length > 0) addVersions(place, row, { book, world });
  else if (row.reactions.length > 0) book.wrong("reactions without a change", where);
  if (said.startsWith("notice:")) return addNotice(place, row);
  if (seq === 1) return book.wrong("a conversation does not begin with a notice", where);
  if (!place.openStretch(sender)) book.wrong("written by a non-member", where);
  const foreign = canariesIn(said).filter((canary) => canary !== place.canary);
  if (foreign.length > 0 || !said.includes(place.canary)) book.wrong("stored in the wrong conversation", where);
}

/**
 * Everything that a message was: what was said stays but for edits, until it is recalled, and then nothing changes any
 * more.
 */
function addVersions(place, row, { book, world }) {
  const { seq, sender, client } = row;
  const where = `${place.id} ${seq}`;
  const all = [...row.earlier, row];
  const first = all[0];
  const recalled = row.said === "recalled:";
  const versions = new Map();
  const edits = [];
  let before = { ...first, rev: 0 };
  for (const version of all) {
    const { rev, said, reactions } = version;
    if (rev <= before.rev) book.wrong("rev does not grow with the changes of a message", where);
    const gone = recalled && rev === row.rev;
    const edited = !gone && (version.edited ?? null) !== (before.edited ?? null);
    if (edited) edits.push(digestOfWords(said));
    if (edited && (said === before.said || !said.includes(place.canary))) book.wrong("an edit is none", where);
    if (!edited && said !== (gone ? "recalled:" : before.said)) book.wrong("a change changed what was said", where);
    before = version;
    if (gone && reactions.length > 0) book.wrong("a recalled message has reactions", where);
    versions.set(rev, { digest: digestOf(seq, sender, client, said), reactions: JSON.stringify(reactions) });
  }
  if (first.reactions.length > 0) book.wrong("reactions without a change", where);
  if (first.said.startsWith("notice:")) book.wrong("a notice was changed", where);
  place.changed.set(seq, { rev: row.rev, recalled, sender, versions, edits, reactions: new Map() });
  if (!recalled) return;
  const entry = { rev: row.rev, placeId: place.id, ackedAt: Infinity };
  world.recalledAt.set(where, entry);
  for (const watermark of watermarksIn(first.said)) world.byWatermark.set(watermark, entry);
}

function addReaction(place, row, book) {
  const changed = place.changed.get(row.seq);
  const where = `${place.id} ${row.seq} ${row.personId} ${row.emoji}`;
  if (!changed?.versions.has(row.rev)) return book.wrong("a reaction carries a rev that its message never had", where);
  const key = `${row.personId} ${row.emoji}`;
  if (changed.reactions.has(key)) book.wrong("a reaction is counted twice", where);
  changed.reactions.set(key, row);
}

/** The counts on a message are those of its rows; the first people named are among them. */
function countReactions(place, book) {
  for (const [seq, { reactions }] of place.changed) {
    const rows = [...reactions.values()].filter(({ removed }) => !removed);
    const shown = JSON.parse(place.now(seq).reactions);
    const counted = shown.reduce((sum, [, count]) => sum + count, 0);
    const agrees = shown.every(([emoji, count, people]) => {
      const reactors = new Set(rows.flatMap((row) => (row.emoji === emoji ? [row.personId] : [])));
      const named = people.length === Math.min(3, count) && people.every((person) => reactors.has(person));
      return reactors.size === count && named && new Set(people).size === people.length;
    });
    if (!agrees || counted !== rows.length) book.wrong("reaction counts disagree with the rows", `${place.id} ${seq}`);
  }
}

/** A newcomer's notice follows their membership by one rev; a leaver's stands one before the end of theirs. */
function addNotice(place, { seq, rev, sender, said, at }) {
  const [, notice, about] = said.split(":");
  if (notice === "friends_made") {
    for (const { personId } of place.members.values())
      place.enter(personId, { visibleFromSeq: 1, joinRev: 0, joinAt: at });
  }
  if (notice === "community_created") place.enter(sender, { visibleFromSeq: 1, joinRev: 0, joinAt: at });
  if (notice === "member_joined") {
    place.enter(sender, { visibleFromSeq: place.history ? 1 : seq, joinRev: rev - 1, joinAt: at });
  }
  if (notice === "member_removed") place.leave(about, { lastSeq: seq, leaveRev: rev + 1, leaveAt: at });
  if (notice === "member_left") place.leave(sender, { lastSeq: seq, leaveRev: rev + 1, leaveAt: at });
}

function closePlace(place, book) {
  if (!place) return;
  if (place.n !== place.lastSeq) book.wrong("the counter of a conversation is not its last seq", place.id);
  if (place.rev < place.revs[place.n]) book.wrong("the rev of a conversation is behind its messages", place.id);
  countReactions(place, book);
  for (const [person, { left, visibleFromSeq }] of place.members) {
    const open = place.openStretch(person);
    if (left === Boolean(open)) book.wrong("a membership disagrees with the notices", `${place.id} ${person}`);
    else if (open && open.visibleFromSeq !== visibleFromSeq)
      book.wrong("visibleFromSeq disagrees with the notices", `${place.id} ${person}`);
  }
}
