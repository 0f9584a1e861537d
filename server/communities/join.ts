import type * as z from "zod/mini";
import type { communityJoinInput, communityJoinOutput } from "#contracts/communities.ts";
import { admit } from "#server/communities/admit.ts";
import { withDeciders } from "#server/communities/deciders.ts";
import { hashOfCode } from "#server/communities/invites/code.ts";
import { countUse, readInviteByHash } from "#server/communities/invites/store.ts";
import { publishJoinRequest } from "#server/communities/publish.ts";
import { type CommunityState, isBanned, readCommunity, upsertJoinRequest } from "#server/communities/store.ts";
import { beginChanges } from "#server/conversations/ledger.ts";
import { sql, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { commitPeopleChanges, type PeopleLedger } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Joins an open community, or any by a link; asks to join one with approval, with an answer (`text_empty` without one)
 * where it has a question. Being a member already is a success (`joined`), and no use of the link. Refuses
 * `community_limit_reached`, and `community_banned` while I am kept out; a dissolved one,
 * and one by invitation only without its code, is `not_found`.
 */
export async function joinCommunity(
  me: Me,
  input: z.infer<typeof communityJoinInput>,
): Promise<z.infer<typeof communityJoinOutput>> {
  await consumeRateLimit(`community:${me.personId}`, rates.community);
  const seen = await readCommunity(sql(), me.personId, { id: input.communityId });
  if (!seen || seen.closedAt) throw new Refusal("not_found");
  const unlikely = !seen.requested && seen.joinPolicy === "open";
  const join = async (tx: Tx, people: PeopleLedger): Promise<z.infer<typeof communityJoinOutput>> => {
    const ledger = await beginChanges(tx, input.communityId);
    const community = await readCommunity(tx, me.personId, { id: input.communityId });
    if (!community || community.closedAt) throw new Refusal("not_found");
    if (community.myRole) return { outcome: "joined", communityId: community.id };
    const inviteId = await readUsableInvite(tx, community.id, input.inviteCode);
    if (mayEnter(community, inviteId)) {
      await admit(tx, ledger, people, community, me.personId);
      if (inviteId) await countUse(tx, inviteId, me.personId);
      await commitPeopleChanges(tx, people);
      return { outcome: "joined", communityId: community.id };
    }
    if (await isBanned(tx, community.id, me.personId)) throw new Refusal("community_banned");
    if (community.joinQuestion !== "" && !input.note) throw new Refusal("text_empty");
    await upsertJoinRequest(tx, community.id, me.personId, input.note ?? "");
    await publishJoinRequest(tx, people, community.id, me.personId);
    await commitPeopleChanges(tx, people);
    return { outcome: "requested", communityId: community.id };
  };
  return withDeciders(input.communityId, [me.personId], join, { unlikely });
}

/** Under the conversation's lock, so that the last place of a link is taken once. A code that leads nowhere counts as none. */
async function readUsableInvite(tx: Tx, communityId: string, code: string | undefined): Promise<string | null> {
  return code === undefined ? null : readInviteByHash(tx, communityId, hashOfCode(code));
}

/** True: come in. False: ask. Without a link a hidden community is not there. */
function mayEnter(community: CommunityState, inviteId: string | null): boolean {
  if (community.joinPolicy === "open" || inviteId !== null) return true;
  if (community.joinPolicy === "approval") return false;
  throw new Refusal("not_found");
}
