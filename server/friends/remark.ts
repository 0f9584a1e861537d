import { transaction } from "#server/db/sql.ts";
import { publishFriend } from "#server/friends/publish.ts";
import { writeRemark } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { closePeople, openPeople } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/** My own name for a friend, seen by me alone; empty takes it away. */
export async function remarkFriend(me: Me, input: { personId: string; remark: string }): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const people = await openPeople(tx, [me.personId]);
    if (!(await writeRemark(tx, me.personId, input.personId, input.remark))) throw new Refusal("not_friends");
    await publishFriend(tx, people, me.personId, input.personId);
    await closePeople(tx, people);
    return { done: true };
  });
}
