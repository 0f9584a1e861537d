/**
 * The tables at the end of a run, packed; and from the notices in them, who was a member of what from where to where.
 */
import { createHash } from "node:crypto";

const canaryPattern = /kanari-[0-9a-f]{32}/g;
export const canariesIn = (text) => text.match(canaryPattern) ?? [];

/** Sixteen hexadecimal digits over everything that a message says. */
export function digestOf(seq, sender, client, said) {
  return createHash("sha1")
    .update(JSON.stringify([seq, sender, client, said]))
    .digest("hex")
    .slice(0, 16);
}

class Place {
  n = 0;
  /** person → stretches { visibleFromSeq, joinRev, joinAt, lastSeq, leaveRev, leaveAt } in order. */
  stretches = new Map();
  members = new Map();
  #chains = new Map();

  constructor({ id, rev, lastSeq, history, canary }) {
    Object.assign(this, { id, rev, lastSeq, history, canary });
    this.digests = Buffer.alloc((lastSeq + 2) * 8);
    this.revs = new Uint32Array(lastSeq + 2);
    this.answered = new Uint8Array(lastSeq + 2);
  }

  digest(seq) {
    return this.digests.toString("hex", seq * 8, seq * 8 + 8);
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

  /** The chain over everything after `base`. */
  chainFrom(base) {
    const known = this.#chains.get(base);
    if (known !== undefined) return known;
    let chain = "";
    for (let seq = base + 1; seq <= this.n; seq += 1) {
      chain = createHash("sha1").update(chain).update(this.digest(seq)).digest("hex");
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

export async function readTables(tables, book) {
  const world = { people: new Set(), places: new Map(), byCanary: new Map() };
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
      else addMessage(place, row, clients, book);
    }
  }
  closePlace(place, book);
  return world;
}

function addMember(place, row) {
  place.members.set(row.personId, row);
}

function addMessage(place, row, clients, book) {
  const { seq, rev, sender, client, said } = row;
  const where = `${place.id} ${seq}`;
  book.count("stored");
  if (seq !== place.n + 1) book.wrong("a seq is missing or twice in the table", where);
  if (rev <= place.revs[place.n]) book.wrong("rev does not grow with seq", where);
  const key = `${sender} ${client}`;
  if (clients.has(key)) book.wrong("one clientId is stored twice", where);
  clients.add(key);
  place.n = seq;
  place.revs[seq] = rev;
  place.digests.write(digestOf(seq, sender, client, said), seq * 8, "hex");
  if (said.startsWith("notice:")) return addNotice(place, row);
  if (seq === 1) return book.wrong("a conversation does not begin with a notice", where);
  if (!place.openStretch(sender)) book.wrong("written by a non-member", where);
  const foreign = canariesIn(said).filter((canary) => canary !== place.canary);
  if (foreign.length > 0 || !said.includes(place.canary)) book.wrong("stored in the wrong conversation", where);
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
  for (const [person, { left, visibleFromSeq }] of place.members) {
    const open = place.openStretch(person);
    if (left === Boolean(open)) book.wrong("a membership disagrees with the notices", `${place.id} ${person}`);
    else if (open && open.visibleFromSeq !== visibleFromSeq)
      book.wrong("visibleFromSeq disagrees with the notices", `${place.id} ${person}`);
  }
}
