import type { Envelope, ReceiptsEnvelope } from "#contracts/bus.ts";
import type { PersonEvent } from "#contracts/events.ts";
import type { Reason } from "#contracts/refusals.ts";
import { publish } from "#server/bus/publish.ts";
import type { Tx } from "#server/db/sql.ts";
import { lockPeople, writePersonRevs } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";

/** An event before its number is known. */
type Unnumbered = PersonEvent extends infer Each
  ? Each extends PersonEvent
    ? Omit<Each, "scope" | "rev">
    : never
  : never;

/** The one way to tell people something of their own: their rows are locked, their revs counted, the bus told. */
export type PeopleLedger = { revs: Map<string, number>; envelopes: Envelope[] };

/**
 * Locks the people. Refuses with `missing` when one of them does not exist: what the operation answers to a person with whom
 * there is nothing, so that a stranger's id and an unknown id are answered alike.
 */
export async function beginPeopleChanges(
  tx: Tx,
  ids: readonly string[],
  missing: Reason = "not_found",
): Promise<PeopleLedger> {
  const wanted = new Set(ids);
  const rows = await lockPeople(tx, [...wanted]);
  if (rows.length !== wanted.size) throw new Refusal(missing);
  return { revs: new Map(rows.map((row) => [row.id, row.rev])), envelopes: [] };
}

export function publishToPerson(ledger: PeopleLedger, personId: string, event: Unnumbered): void {
  const held = ledger.revs.get(personId);
  if (held === undefined) throw new Error("published to a person without their row's lock");
  const rev = held + 1;
  ledger.revs.set(personId, rev);
  ledger.envelopes.push({ personId, rev, event: { ...event, scope: "person", rev } as PersonEvent }); // Omit over the union, put back
}

/** What has no number goes with the notification of what has one. */
export function publishReceipts(ledger: PeopleLedger, told: Omit<ReceiptsEnvelope, "nonce">): void {
  ledger.envelopes.push({ nonce: crypto.randomUUID(), ...told });
}

export async function commitPeopleChanges(tx: Tx, ledger: PeopleLedger): Promise<void> {
  if (ledger.envelopes.length === 0) return;
  await writePersonRevs(
    tx,
    [...ledger.revs].map(([id, rev]) => ({ id, rev })),
  );
  await publish(tx, ledger.envelopes);
}
