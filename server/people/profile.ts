import { limits } from "#contracts/limits.ts";
import type { PeopleProfileOutput } from "#contracts/profiles.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readCommonCommunities, readMetPeople } from "#server/people/store.ts";
import { toPerson } from "#server/people/view.ts";

/**
 * A person whom I have met, and the communities that both of us are in. Null for strangers and unknown ids alike. A
 * block changes nothing of the answer, so that it does not tell of it.
 */
export async function getProfile(me: Me, input: { personId: string }): Promise<PeopleProfileOutput> {
  return snapshot(async (tx) => {
    const [row] = await readMetPeople(tx, me.personId, [input.personId]);
    if (!row) return { profile: null };
    const common =
      row.id === me.personId ? [] : await readCommonCommunities(tx, me.personId, row.id, limits.commonCommunities);
    const communities = common.map(({ id, name, icon, iconId }) => ({ id, name, icon, iconId }));
    return { profile: { person: toPerson(row), communities, communityCount: common[0]?.total ?? 0 } };
  });
}
