import { authorizeMember } from "#server/communities/authorize.ts";
import { sql } from "#server/db/sql.ts";
import { readFriends } from "#server/friends/store.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";
import { readPerson } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * A person: myself or a friend, because other people have not agreed to be passed on. A community: one of mine. Refuses
 * `not_found` for any other.
 */
export const resolveCard: ResolveDraft<"card"> = async ({ me, draft: { of, id } }) => {
  if (of === "community") {
    const community = await authorizeMember(sql(), me, id);
    return { kind: "card", of, id, number: community.number, name: community.name };
  }
  const person = id === me.personId ? await readPerson(sql(), id) : (await readFriends(sql(), me.personId, id)).at(0);
  if (!person) throw new Refusal("not_found");
  return { kind: "card", of, id, number: person.number, name: person.displayName };
};
