import { done } from "#contracts/accounts.ts";
import * as contract from "#contracts/permissions.ts";
import { muteMember } from "#server/communities/moderation/mute.ts";
import { changeRules } from "#server/communities/moderation/rules.ts";
import { changeRole, createRole, orderRoles, removeRole } from "#server/communities/roles/change.ts";
import { giveRoles, nameAdmin } from "#server/communities/roles/members.ts";
import { procedure, router } from "#server/trpc/init.ts";

/** Roles of a community's own, and who may write in it. */
export const rolesRouter = router({
  /** Makes a role, the lowest: permission manage_roles. */
  createRole: procedure
    .input(contract.roleCreateInput)
    .output(contract.rulesOutput)
    .mutation(({ ctx, input }) => createRole(ctx.me, input)),

  /** Changes what is given of a role below mine. */
  updateRole: procedure
    .input(contract.roleUpdateInput)
    .output(contract.rulesOutput)
    .mutation(({ ctx, input }) => changeRole(ctx.me, input)),

  /** Deletes a role below mine. */
  deleteRole: procedure
    .input(contract.roleInput)
    .output(contract.rulesOutput)
    .mutation(({ ctx, input }) => removeRole(ctx.me, input)),

  /** Orders the roles, the highest first. */
  orderRoles: procedure
    .input(contract.roleOrderInput)
    .output(contract.rulesOutput)
    .mutation(({ ctx, input }) => orderRoles(ctx.me, input)),

  /** Gives a member these roles and no others. */
  giveRoles: procedure
    .input(contract.memberRolesInput)
    .output(done)
    .mutation(({ ctx, input }) => giveRoles(ctx.me, input)),

  /** The owner names an admin, or ends it. */
  nameAdmin: procedure
    .input(contract.memberAdminInput)
    .output(done)
    .mutation(({ ctx, input }) => nameAdmin(ctx.me, input)),

  /** Takes the word from a member, or gives it back: permission mute. */
  muteMember: procedure
    .input(contract.memberMuteInput)
    .output(done)
    .mutation(({ ctx, input }) => muteMember(ctx.me, input)),

  /** Mute all, slow mode, and what every member may do. */
  changeRules: procedure
    .input(contract.communityRulesInput)
    .output(contract.rulesOutput)
    .mutation(({ ctx, input }) => changeRules(ctx.me, input)),
});
