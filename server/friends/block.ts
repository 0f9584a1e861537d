import { beginChanges } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import { publishRequest } from "#server/friends/publish.ts";
import { decideRequest, deleteBlock, insertBlock, readStanding } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { readPerson } from "#server/people/store.ts";
import { toPerson } from "#server/people/view.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * From commit on, `personId` cannot write to me, find me or ask me; pending requests between us end. Only my own
 * devices get the event. Blocking twice is one block; an unknown id is answered like any other.
 */
export async function blockPerson(me: Me, input: { personId: string }): Promise<{ done: true }> {
  if (input.personId === me.personId) throw new Refusal("cannot_target_self");
  return transaction(async (tx) => {
    if (!(await readPerson(tx, input.personId))) return { done: true };
    const people = await beginPeopleChanges(tx, [me.personId, input.personId]);
    const standing = await readStanding(tx, me.personId, input.personId);
    if (standing.conversationId) await beginChanges(tx, standing.conversationId);
    if (!(await insertBlock(tx, me.personId, input.personId))) return { done: true };
    if (await decideRequest(tx, input.personId, me.personId, "refused")) {
      await publishRequest(tx, people, input.personId, me.personId);
    }
    if (await decideRequest(tx, me.personId, input.personId, "withdrawn")) {
      await publishRequest(tx, people, me.personId, input.personId);
    }
    const row = await readPerson(tx, input.personId);
    if (row) publishToPerson(people, me.personId, { type: "block.changed", person: toPerson(row), blocked: true });
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}

/** Takes a block back; where there is none, nothing changes. */
export async function unblockPerson(me: Me, input: { personId: string }): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    if (!(await deleteBlock(tx, me.personId, input.personId))) return { done: true };
    const row = await readPerson(tx, input.personId);
    if (row) publishToPerson(people, me.personId, { type: "block.changed", person: toPerson(row), blocked: false });
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
