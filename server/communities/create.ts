import type { CommunityCreateInput, CommunityDetail } from "#contracts/communities.ts";
import { authorizeMember } from "#server/communities/authorize.ts";
import { countOwned, insertCommunity } from "#server/communities/store.ts";
import { toCommunityDetail } from "#server/communities/view.ts";
import { addMember, addNotice, beginChanges, changeMetadata, commitChanges } from "#server/conversations/ledger.ts";
import { insertConversation } from "#server/conversations/store.ts";
import { transaction } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { publishInboxAdded } from "#server/friends/publish.ts";
import type { Me } from "#server/me.ts";
import { requireReadyPicture } from "#server/media/require-ready-picture.ts";
import { beginPeopleChanges, commitPeopleChanges } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Founds a community with me as owner and only member. Refuses `communities_limit_reached` at COMMUNITIES_PER_PERSON, and
 * `file_not_ready` for an icon that is no picture of mine.
 */
export async function createCommunity(me: Me, input: CommunityCreateInput): Promise<CommunityDetail> {
  await consumeRateLimit(`community:${me.personId}`, rates.community);
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    if (input.iconId) await requireReadyPicture(tx, me, input.iconId, "icon");
    const max = env().communitiesPerPerson;
    if ((await countOwned(tx, me.personId)) >= max) throw new Refusal("communities_limit_reached", { max });
    const id = await insertConversation(tx, "community", null);
    await insertCommunity(tx, {
      id,
      ownerId: me.personId,
      name: input.name,
      icon: input.icon ?? "",
      iconId: input.iconId ?? null,
      category: input.category ?? "default",
      description: input.description ?? "",
      joinPolicy: input.joinPolicy ?? "open",
      joinQuestion: input.joinQuestion ?? "",
      historyVisibleToNewMembers: input.historyVisibleToNewMembers ?? true,
    });
    const ledger = await beginChanges(tx, id);
    await addMember(tx, ledger, me.personId, "owner", true);
    await changeMetadata(tx, ledger);
    await addNotice(tx, ledger, me.personId, { notice: "community_created" });
    await commitChanges(tx, ledger);
    await publishInboxAdded(tx, people, me.personId, id);
    await commitPeopleChanges(tx, people);
    return toCommunityDetail(await authorizeMember(tx, me, id));
  });
}
