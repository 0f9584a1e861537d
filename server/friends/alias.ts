import { transaction } from "#server/db/sql.ts";
import { publishFriend } from "#server/friends/publish.ts";
import { writeAlias } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/** My own name for a friend, seen by me alone; empty takes it away. */
export async function aliasFriend(me: Me, input: { personId: string; alias: string }): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    if (!(await writeAlias(tx, me.personId, input.personId, input.alias))) throw new Refusal("not_friends");
    await publishFriend(tx, people, me.personId, input.personId);
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
