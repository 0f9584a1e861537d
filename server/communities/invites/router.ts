import { done } from "#contracts/accounts.ts";
import { communityInviteInput } from "#contracts/communities.ts";
import * as contract from "#contracts/invites.ts";
import { addFriend } from "#server/communities/invites/add-friend.ts";
import { createInvite, listInvites, listInviteUses, revokeInvite } from "#server/communities/invites/links.ts";
import { previewInvite } from "#server/communities/invites/preview.ts";
import { openProcedure, procedure, router } from "#server/trpc/init.ts";

export const invitesRouter = router({
  /** What a link leads to, for people who are not signed in. */
  previewInvite: openProcedure
    .input(communityInviteInput)
    .output(contract.invitePreview)
    .query(({ ctx, input }) => previewInvite(ctx, input)),

  /** Makes a link; its code is answered this once. */
  createInvite: procedure
    .input(contract.inviteCreateInput)
    .output(contract.inviteCreateOutput)
    .mutation(({ ctx, input }) => createInvite(ctx.me, input)),

  /** The links that I may revoke. */
  invites: procedure
    .input(contract.inviteListInput)
    .output(contract.inviteList)
    .query(({ ctx, input }) => listInvites(ctx.me, input)),

  /** Makes a link lead nowhere. */
  revokeInvite: procedure
    .input(contract.inviteRef)
    .output(done)
    .mutation(({ ctx, input }) => revokeInvite(ctx.me, input)),

  /** Who came by a link. */
  inviteUses: procedure
    .input(contract.inviteUsesInput)
    .output(contract.inviteUses)
    .query(({ ctx, input }) => listInviteUses(ctx.me, input)),

  /** Adds a friend who lets friends do so. */
  addFriend: procedure
    .input(contract.addFriendInput)
    .output(contract.addFriendOutput)
    .mutation(({ ctx, input }) => addFriend(ctx.me, input)),
});
