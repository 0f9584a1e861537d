/** The end of a recorded run: what each device holds, what everybody is answered anew, and what a tab shows. */
import type { PlaceRecord, Recorded } from "#tests/chaos/record.ts";

export type Mirror = { rev: number; base: number; lastSeq: number; chain: string };

export function writeEnd(run: Recorded, mirrors: ReadonlyMap<string, Mirror>, at: number): void {
  for (const [key, { rev, base, lastSeq, chain }] of mirrors) {
    const [device = "", id = ""] = key.split(" ");
    const now = run.places.get(id)?.row.rev ?? 0;
    run.devices.get(device)?.push(["end", at, id, Math.max(rev, now), base, lastSeq, chain]);
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
    const messages = page.map((one) => [one.seq, one.sender, one.client, one.said]);
    run.driver.push(["fresh", at, person, id, metadata, messages]);
  }
  run.driver.push(["listed", at, person, listed]);
}

/** A tab that has everything on its screen. */
function look(run: Recorded, person: string, at: number): void {
  const tab = `${person}-tab`;
  const lines: Recorded["driver"] = [["device", at, tab, person]];
  for (const [id, place] of run.places) {
    const member = rowOf(place, person);
    if (!member) continue;
    const { rev, lastSeq } = place.row;
    const shown = place.messages.slice(-8).map((one) => [one.seq, one.sender, one.client, one.said]);
    lines.push(["tab", at, id, { rev, lastSeq, lastReadSeq: member.lastReadSeq }, rev, shown]);
  }
  run.devices.set(tab, [...lines, ["tab-end", at]]);
}
