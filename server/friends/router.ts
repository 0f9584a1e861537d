import { done } from "#contracts/accounts.ts";
import * as contract from "#contracts/friends.ts";
import { acceptFriend } from "#server/friends/accept.ts";
import { aliasFriend } from "#server/friends/alias.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { refuseFriend, withdrawRequest } from "#server/friends/decide.ts";
import { findFriend } from "#server/friends/find.ts";
import { listFriends } from "#server/friends/list.ts";
import { removeFriend } from "#server/friends/remove.ts";
import { requestFriend } from "#server/friends/request.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const friendsRouter = router({
  /** Finds a person by exact IM number, handle or mobile number; null when there is none. */
  find: procedure
    .input(contract.friendFindInput)
    .output(contract.friendFindOutput)
    .query(({ ctx, input }) => findFriend(ctx.me, input)),

  /** Asks to be friends; `accepted` with the conversation when they had asked me, or accept automatically. */
  request: procedure
    .input(contract.friendRequestInput)
    .output(contract.friendRequestOutput)
    .mutation(({ ctx, input }) => requestFriend(ctx.me, input)),

  /** Accepts a pending request and answers the conversation of the two. */
  accept: procedure
    .input(contract.otherPersonInput)
    .output(contract.friendAcceptOutput)
    .mutation(({ ctx, input }) => acceptFriend(ctx.me, input)),

  /** Refuses a pending request. */
  refuse: procedure
    .input(contract.otherPersonInput)
    .output(done)
    .mutation(({ ctx, input }) => refuseFriend(ctx.me, input)),

  /** Takes back my own pending request. */
  withdraw: procedure
    .input(contract.otherPersonInput)
    .output(done)
    .mutation(({ ctx, input }) => withdrawRequest(ctx.me, input)),

  /** Friends, pending requests in both directions, and whom I blocked. */
  list: procedure.output(contract.friendList).query(({ ctx }) => listFriends(ctx.me)),

  /** My own name for a friend; empty takes it away. */
  alias: procedure
    .input(contract.friendAliasInput)
    .output(done)
    .mutation(({ ctx, input }) => aliasFriend(ctx.me, input)),

  /** Ends the friendship for both; the conversation stays readable. */
  remove: procedure
    .input(contract.otherPersonInput)
    .output(done)
    .mutation(({ ctx, input }) => removeFriend(ctx.me, input)),

  /** They can no longer write to me, find me or ask me. */
  block: procedure
    .input(contract.otherPersonInput)
    .output(done)
    .mutation(({ ctx, input }) => blockPerson(ctx.me, input)),

  unblock: procedure
    .input(contract.otherPersonInput)
    .output(done)
    .mutation(({ ctx, input }) => unblockPerson(ctx.me, input)),
});
