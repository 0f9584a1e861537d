import * as contract from "#contracts/accounts.ts";
import { changePassword } from "#server/accounts/change-password.ts";
import { getSelf } from "#server/accounts/me.ts";
import { listSessions, revokeOtherSessions, revokeSession } from "#server/accounts/sessions.ts";
import { signInForToken } from "#server/accounts/sign-in.ts";
import { signUp } from "#server/accounts/sign-up.ts";
import { updateProfile } from "#server/accounts/update-profile.ts";
import { openProcedure, procedure, router } from "#server/trpc/init.ts";

export const accountsRouter = router({
  /** Makes an account and answers it; sign in afterwards. */
  signUp: openProcedure
    .input(contract.signUpInput)
    .output(contract.self)
    .mutation(({ ctx, input }) => signUp(ctx.address, input)),

  /** A handle, IM number, mobile number or e-mail address and a password for a bearer token, shown this once. */
  signIn: openProcedure
    .input(contract.signInInput)
    .output(contract.bearer)
    .mutation(({ ctx, input }) => signInForToken({ address: ctx.address }, input)),

  /** Ends the session that asks. */
  signOut: procedure
    .output(contract.revokedCount)
    .mutation(({ ctx }) => revokeSession(ctx.me, { sessionId: ctx.me.sessionId })),

  /** Me, with what only I may see. */
  me: procedure.output(contract.self).query(({ ctx }) => getSelf(ctx.me)),

  /** Changes the given fields of my profile and answers all of it. */
  updateProfile: procedure
    .input(contract.updateProfileInput)
    .output(contract.self)
    .mutation(({ ctx, input }) => updateProfile(ctx.me, input)),

  /** Needs the current password; ends every other session. */
  changePassword: procedure
    .input(contract.changePasswordInput)
    .output(contract.revokedCount)
    .mutation(({ ctx, input }) => changePassword(ctx.me, input)),

  sessions: router({
    /** Where I am signed in, latest use first. */
    list: procedure.output(contract.sessionList).query(({ ctx }) => listSessions(ctx.me)),

    /** Ends one of my sessions; its sockets close within a second. */
    revoke: procedure
      .input(contract.sessionRevokeInput)
      .output(contract.revokedCount)
      .mutation(({ ctx, input }) => revokeSession(ctx.me, input)),

    /** Ends every session but the one that asks. */
    revokeOthers: procedure.output(contract.revokedCount).mutation(({ ctx }) => revokeOtherSessions(ctx.me)),
  }),
});
