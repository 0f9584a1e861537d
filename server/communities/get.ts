import type { CommunityDetail, CommunityList, MemberList } from "#contracts/communities.ts";
import { authorizeMember } from "#server/communities/authorize.ts";
import { readJoinRequests, readMyCommunities } from "#server/communities/store.ts";
import { toCommunityDetail, toJoinRequest, toMember } from "#server/communities/view.ts";
import { readMembers } from "#server/conversations/members/store.ts";
import { readConversationHead, readPersonRev } from "#server/conversations/store.ts";
import { snapshot, sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readMetPeople } from "#server/people/store.ts";
import { toPerson } from "#server/people/view.ts";

/** One community that I am in. */
export async function getCommunity(me: Me, input: { communityId: string }): Promise<CommunityDetail> {
  return toCommunityDetail(await authorizeMember(sql(), me, input.communityId));
}

/** The communities I am in, and the requests to join that wait for me or that I wait for, from one snapshot. */
export async function listCommunities(me: Me): Promise<CommunityList> {
  return snapshot(async (tx) => ({
    rev: await readPersonRev(tx, me.personId),
    communities: (await readMyCommunities(tx, me.personId)).flatMap((row) =>
      row.myRole ? [toCommunityDetail({ ...row, myRole: row.myRole })] : [],
    ),
    requests: (await readJoinRequests(tx, me.personId)).map((row) => toJoinRequest(row, me.personId)),
  }));
}

/** Everyone in the community, owner first, then by arrival; `rev` is the conversation's. */
export async function listMembers(me: Me, input: { communityId: string }): Promise<MemberList> {
  return snapshot(async (tx) => {
    await authorizeMember(tx, me, input.communityId);
    const members = await readMembers(tx, input.communityId);
    const people = await readMetPeople(
      tx,
      me.personId,
      members.map((row) => row.personId),
    );
    const { rev } = await readConversationHead(tx, input.communityId);
    return { rev, members: members.map(toMember), people: people.map(toPerson) };
  });
}
