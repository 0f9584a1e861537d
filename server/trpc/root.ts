import { lastSeenInput, lastSeenOutput, peopleGetInput, peopleGetOutput } from "#contracts/people.ts";
import { peopleProfileInput, peopleProfileOutput } from "#contracts/profiles.ts";
import { authorizeInput, authorizeOutput } from "#contracts/realtime.ts";
import { accountsRouter } from "#server/accounts/router.ts";
import { invitesRouter } from "#server/communities/invites/router.ts";
import { rolesRouter } from "#server/communities/roles-router.ts";
import { communitiesRouter } from "#server/communities/router.ts";
import { foldersRouter } from "#server/conversations/folders/router.ts";
import { notesRouter } from "#server/conversations/notes-router.ts";
import { conversationsRouter } from "#server/conversations/router.ts";
import { friendsRouter } from "#server/friends/router.ts";
import { linksRouter } from "#server/links/router.ts";
import { mediaRouter } from "#server/media/router.ts";
import { answersRouter } from "#server/messages/answers/router.ts";
import { messagesRouter } from "#server/messages/router.ts";
import { scheduleRouter } from "#server/messages/schedule/router.ts";
import { searchRouter } from "#server/messages/search/router.ts";
import { getPeople } from "#server/people/get.ts";
import { getLastSeen } from "#server/people/last-seen.ts";
import { getProfile } from "#server/people/profile.ts";
import { authorizeRealtime, workerUrlFor } from "#server/realtime/authorize.ts";
import { stickersRouter } from "#server/stickers/router.ts";
import { mergeRouters, procedure, router } from "#server/trpc/init.ts";
import { walletRouter } from "#server/wallet/router.ts";

/** Every operation of the product. Other frontends call the same router with a bearer token. */
export const appRouter = router({
  accounts: accountsRouter,
  friends: friendsRouter,
  communities: mergeRouters(communitiesRouter, rolesRouter, invitesRouter),
  conversations: mergeRouters(conversationsRouter, notesRouter, foldersRouter),
  messages: mergeRouters(messagesRouter, scheduleRouter, searchRouter, answersRouter),
  media: mediaRouter,
  links: linksRouter,
  stickers: stickersRouter,
  wallet: walletRouter,
  people: router({
    /** The people among the ids whom I have met; strangers are left out. */
    get: procedure
      .input(peopleGetInput)
      .output(peopleGetOutput)
      .query(({ ctx, input }) => getPeople(ctx.me, input)),

    /** A person whom I have met, with the communities that we share; null for strangers and unknown ids alike. */
    profile: procedure
      .input(peopleProfileInput)
      .output(peopleProfileOutput)
      .query(({ ctx, input }) => getProfile(ctx.me, input)),

    /** Whether a person is online, and when they were last; null for one who does not show it to me. */
    lastSeen: procedure
      .input(lastSeenInput)
      .output(lastSeenOutput)
      .query(({ ctx, input }) => getLastSeen(ctx.me, input)),
  }),
  realtime: router({
    /** Where the worker is and a ticket to sign in there; a mutation, so that nothing on the way keeps the answer. */
    authorize: procedure
      .input(authorizeInput)
      .output(authorizeOutput)
      .mutation(({ ctx, input }) => authorizeRealtime(ctx.me, input, workerUrlFor(ctx.headers))),
  }),
});

export type AppRouter = typeof appRouter;
