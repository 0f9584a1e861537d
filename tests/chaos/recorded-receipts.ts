/** What the devices of a recorded run say they have received, what others are told of it, and the rows of the tables. */
import { frameOf, type Recorded } from "#tests/chaos/record.ts";
import type { Mirror } from "#tests/chaos/recorded-end.ts";

/** Every device has said where it stands in the end, and Ann was told so. */
export function receive(run: Recorded, mirrors: ReadonlyMap<string, Mirror>, at: number): void {
  for (const [key, { lastSeq }] of mirrors) {
    const [device = "", id = ""] = key.split(" ");
    const personId = device.split("-")[0] ?? "";
    const place = run.places.get(id);
    run.devices.get(device)?.push(["d", at, id, lastSeq]);
    const known = place?.receipts.find((one) => one.personId === personId);
    if (known) Object.assign(known, { program: lastSeq, all: lastSeq });
    else place?.receipts.push({ is: "receipt", personId, program: lastSeq, all: lastSeq });
    if (id !== "park" || personId === "ann") continue;
    const told = { type: "conversation.receipts", conversationId: id, changes: [{ personId, deliveredSeq: lastSeq }] };
    run.devices.get("ann-1")?.push(["f", at, 1, frameOf(told)]);
  }
}

/** What a member is answered: the marks of the others. */
export function marksFor(run: Recorded, id: string, person: string): [string, number, number][] {
  const place = run.places.get(id);
  const others = place?.members.filter(({ personId, left }) => !left && personId !== person) ?? [];
  return others
    .map(({ personId, lastReadSeq }): [string, number, number] => {
      const all = place?.receipts.find((one) => one.personId === personId)?.all ?? 0;
      return [personId, Math.max(lastReadSeq, all), lastReadSeq];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
