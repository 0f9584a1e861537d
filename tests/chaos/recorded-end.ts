/** The end of a recorded run: what each device holds, what everybody is answered anew, and what a tab shows. */
import { createHash } from "node:crypto";
import { chainOf } from "#tests/chaos/digests.ts";
import { type MessageRow, messageOf, type PlaceRecord, type Recorded } from "#tests/chaos/record.ts";
import { marksFor, receive } from "#tests/chaos/recorded-receipts.ts";
import { stateOf } from "#tests/chaos/wire.ts";

/** Where a device stands. */
export type Mirror = { rev: number; base: number; lastSeq: number };

/** Sixteen hexadecimal digits over what a message says in the end. */
function digestOf({ seq, sender, client, said }: MessageRow): string {
  const what = JSON.stringify([seq, sender, client, said]);
  return createHash("sha1").update(what).digest("hex").slice(0, 16);
}

function ownIn(place: PlaceRecord, person: string, seq: number): string[] {
  const mine = place.reactions.filter((row) => row.seq === seq && row.personId === person && !row.removed);
  return mine.map(({ emoji }) => emoji).sort();
}

/** As tests/chaos/wire.ts puts it. */
const stateIn = (place: PlaceRecord, person: string, row: MessageRow) =>
  stateOf(messageOf(row), ownIn(place, person, row.seq));

export function writeEnd(run: Recorded, mirrors: ReadonlyMap<string, Mirror>, at: number): void {
  receive(run, mirrors, at);
  for (const [key, { rev, base, lastSeq }] of mirrors) {
    const [device = "", id = ""] = key.split(" ");
    const place = run.places.get(id);
    if (!place) continue;
    const held = place.messages.filter(({ seq }) => seq > base);
    const chain = chainOf(held.map(digestOf));
    const changed = held.filter(({ earlier }) => earlier.length > 0);
    const person = device.split("-")[0] ?? "";
    const states = changed.map(({ seq, rev: at, said, reactions }) => {
      return [seq, at, said === "recalled:", reactions, ownIn(place, person, seq)];
    });
    run.devices.get(device)?.push(["end", at, id, Math.max(rev, place.row.rev), base, lastSeq, chain, states]);
  }
  run.driver.push(["settled", at, 40]);
  for (const person of run.people) fetchAnew(run, person, at);
  look(run, "ann", at);
}

const rowOf = ({ members }: PlaceRecord, person: string) =>
  members.find(({ personId, left }) => personId === person && !left);

function fetchAnew(run: Recorded, person: string, at: number): void {
  let listed = 0;
  for (const [id, place] of run.places) {
    const member = rowOf(place, person);
    if (!member) continue;
    listed += 1;
    const { visibleFromSeq, lastReadSeq } = member;
    const { rev, lastSeq } = place.row;
    const page = place.messages.filter(({ seq }) => seq >= visibleFromSeq);
    const metadata = { rev, lastSeq, visibleFromSeq, lastReadSeq, head: { rev, lastSeq } };
    const messages = page.map((one) => stateIn(place, person, one));
    run.driver.push(["fresh", at, person, id, metadata, messages, marksFor(run, id, person)]);
  }
  run.driver.push(["listed", at, person, listed, "[]"]);
}

/** A tab that has everything on its screen. */
function look(run: Recorded, person: string, at: number): void {
  const tab = `${person}-tab`;
  const lines: Recorded["driver"] = [["device", at, tab, person]];
  for (const [id, place] of run.places) {
    const member = rowOf(place, person);
    if (!member) continue;
    const { rev, lastSeq } = place.row;
    const shown = place.messages.slice(-18).map((one) => stateIn(place, person, one));
    lines.push(["tab", at, id, { rev, lastSeq, lastReadSeq: member.lastReadSeq }, rev, shown]);
  }
  run.devices.set(tab, [...lines, ["tab-end", at]]);
}
