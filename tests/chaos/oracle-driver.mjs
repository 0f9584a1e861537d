/**
 * What the driver saw: faults and how long each hurt, removals, ended sessions, and what the API answered afterwards.
 */
import { watermarksIn } from "./oracle-text.mjs";

export async function readDriver(lines, world, book, receipts) {
  const seen = { revoked: new Map(), recovery: {} };
  const rows = new Set();
  const times = new Map();
  for await (const batch of lines) {
    for (const [kind, at, ...rest] of batch) {
      if (kind === "fault") readFault(rest, { rows, times, book });
      else if (kind === "kick" && rest[3] === null) book.count("kicks");
      else if (kind === "join" && rest[2] === null) book.count("joins");
      else if (kind === "revoke") readRevocation(at, rest, seen, book);
      else if (kind === "fresh") readFresh(rest, { world, book, receipts });
      else if (kind === "blocked") readBlock(rest, world, book);
      else if (kind === "listed") readListed(rest, world, book);
      else if (kind === "settled" && rest[0] === null) book.wrong("a client never caught up", "after the last fault");
    }
  }
  book.count("rows", rows.size);
  for (const [name, all] of times) {
    all.sort((a, b) => a - b);
    seen.recovery[name] = { times: all.length, medianMs: all[all.length >> 1], mostMs: all.at(-1) };
  }
  return seen;
}

function readFault([row, name, , , recoveredMs], { rows, times, book }) {
  book.count("faults");
  rows.add(row);
  const key = `${row} ${name}`;
  if (recoveredMs === null) book.wrong("not back in time after a fault", key);
  else times.set(key, [...(times.get(key) ?? []), recoveredMs]);
}

function readRevocation(at, [, device, session, refused], seen, book) {
  if (refused !== null) return;
  book.count("revocations");
  const all = seen.revoked.get(device) ?? new Map();
  seen.revoked.set(device, all.set(session, at));
}

/** Postgres takes the moment of a message when its transaction begins, and writes whole milliseconds. */
function readBlock([id, from, until], world, book) {
  const place = world.places.get(id);
  book.count("blocks");
  for (let seq = 1; seq <= place.n; seq += 1) {
    const at = place.times[seq];
    if (at > from + 1 && at < until - 1) book.wrong("written during a block", `${id} ${seq}`);
  }
}

function readFresh([person, id, metadata, messages, marks], { world, book, receipts }) {
  const place = world.places.get(id);
  const where = `${person} ${id}`;
  const row = place?.members.get(person);
  if (!row || row.left) return book.wrong("the API shows a conversation to a non-member", where);
  book.count("freshConversations");
  const agrees =
    metadata.rev === place.rev && metadata.lastSeq === place.lastSeq && metadata.visibleFromSeq === row.visibleFromSeq;
  if (!agrees || metadata.head.rev !== place.rev) book.wrong("a fresh fetch disagrees with the tables", where);
  if (metadata.lastReadSeq !== row.lastReadSeq) book.wrong("a read mark disagrees with the tables", where);
  receipts.fresh(place, person, marks);
  let expected = place.lastSeq - messages.length;
  for (const state of messages) {
    const [seq] = state;
    expected += 1;
    if (seq < row.visibleFromSeq) book.wrong("the API shows messages from before a member joined", `${where} ${seq}`);
    const differs = place.differsFromNow(state, person);
    if (seq !== expected || differs === "said") {
      book.wrong("a fresh page disagrees with the tables", `${where} ${seq}`);
    } else if (differs) book.wrong(`a fresh page has other ${differs} than the tables`, `${where} ${seq}`);
  }
  searchRecalled(JSON.stringify(messages), where, world, book);
}

function searchRecalled(raw, where, world, book) {
  const found = watermarksIn(raw).filter((watermark) => world.byWatermark.has(watermark));
  if (found.length > 0) book.wrong("the API shows a recalled text", `${where} ${found[0]}`);
}

function readListed([person, count, raw], world, book) {
  book.count("fresh");
  searchRecalled(raw, person, world, book);
  let mine = 0;
  for (const place of world.places.values()) if (place.members.get(person)?.left === false) mine += 1;
  if (mine !== count) book.wrong("a fresh list disagrees with the tables", `${person}: ${count} of ${mine}`);
}
