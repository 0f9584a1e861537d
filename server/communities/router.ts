import { done } from "#contracts/accounts.ts";
import * as contract from "#contracts/communities.ts";
import { createCommunity } from "#server/communities/create.ts";
import { acceptJoin, refuseJoin, withdrawJoin } from "#server/communities/decide.ts";
import { findByInvite, findCommunity } from "#server/communities/find.ts";
import { getCommunity, listCommunities, listMembers } from "#server/communities/get.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { dissolveCommunity, handOverCommunity, updateCommunityMetadata } from "#server/communities/manage.ts";
import { banPerson, liftBan, listBanned } from "#server/communities/moderation/ban.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const communitiesRouter = router({
  /** Founds a community with me as owner. */
  create: procedure
    .input(contract.communityCreateInput)
    .output(contract.communityDetail)
    .mutation(({ ctx, input }) => createCommunity(ctx.me, input)),

  /** A living community by its number; null for none. */
  find: procedure
    .input(contract.communityFindInput)
    .output(contract.communityFindOutput)
    .query(({ ctx, input }) => findCommunity(ctx.me, input)),

  /** The community that an invite link leads to. */
  findByInvite: procedure
    .input(contract.communityInviteInput)
    .output(contract.communityFindOutput)
    .query(({ ctx, input }) => findByInvite(ctx.me, input)),

  /** One community that I am in. */
  get: procedure
    .input(contract.communityInput)
    .output(contract.communityDetail)
    .query(({ ctx, input }) => getCommunity(ctx.me, input)),

  /** Joins, or asks to (`requested`), as the community's policy says. */
  join: procedure
    .input(contract.communityJoinInput)
    .output(contract.communityJoinOutput)
    .mutation(({ ctx, input }) => joinCommunity(ctx.me, input)),

  /** Leaves; the owner hands over or dissolves first. */
  leave: procedure
    .input(contract.communityInput)
    .output(done)
    .mutation(({ ctx, input }) => leaveCommunity(ctx.me, input)),

  /** Everyone in it, the owner first, then admins. */
  members: procedure
    .input(contract.communityInput)
    .output(contract.memberList)
    .query(({ ctx, input }) => listMembers(ctx.me, input)),

  /** The communities I am in, and the pending requests to join that concern me. */
  list: procedure.output(contract.communityList).query(({ ctx }) => listCommunities(ctx.me)),

  /** Changes the given metadata: permission change_facts. */
  update: procedure
    .input(contract.communityUpdateInput)
    .output(contract.communityDetail)
    .mutation(({ ctx, input }) => updateCommunityMetadata(ctx.me, input)),

  /** The owner makes another member the owner. */
  handOver: procedure
    .input(contract.communityMemberInput)
    .output(done)
    .mutation(({ ctx, input }) => handOverCommunity(ctx.me, input)),

  /** The owner ends it for good; it stays readable for its members. */
  dissolve: procedure
    .input(contract.communityInput)
    .output(done)
    .mutation(({ ctx, input }) => dissolveCommunity(ctx.me, input)),

  /** Sends a member away, who may come back: permission remove. The links that they made lead nowhere. */
  removeMember: procedure
    .input(contract.communityMemberInput)
    .output(done)
    .mutation(({ ctx, input }) => removeFromCommunity(ctx.me, input)),

  /** Keeps a person out, with a reason and an end: permission ban. */
  ban: procedure
    .input(contract.communityBanInput)
    .output(done)
    .mutation(({ ctx, input }) => banPerson(ctx.me, input)),

  /** People who are kept out now, why, until when and by whom: permission ban. */
  banned: procedure
    .input(contract.communityInput)
    .output(contract.communityBanList)
    .query(({ ctx, input }) => listBanned(ctx.me, input)),

  /** Lets a person come back who was kept out: permission ban. */
  liftBan: procedure
    .input(contract.communityMemberInput)
    .output(done)
    .mutation(({ ctx, input }) => liftBan(ctx.me, input)),

  /** Lets an asker in: permission add. */
  acceptJoin: procedure
    .input(contract.communityMemberInput)
    .output(contract.joinDecisionOutput)
    .mutation(({ ctx, input }) => acceptJoin(ctx.me, input)),

  /** Refuses an asker: permission add. */
  refuseJoin: procedure
    .input(contract.communityMemberInput)
    .output(contract.joinDecisionOutput)
    .mutation(({ ctx, input }) => refuseJoin(ctx.me, input)),

  /** Takes back my own request to join. */
  withdrawJoin: procedure
    .input(contract.communityInput)
    .output(done)
    .mutation(({ ctx, input }) => withdrawJoin(ctx.me, input)),
});
