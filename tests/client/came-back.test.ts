import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { afterAll, expect, test } from "vitest";
import { openTimeline, type Timeline } from "#client/messages/reduce-timeline.ts";
import { createCatchUp } from "#client/realtime/catch-up.ts";
import { signInForToken } from "#server/accounts/sign-in.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { liftBan } from "#server/communities/moderation/ban.ts";
import type { Me } from "#server/me.ts";
import { handleTrpc } from "#server/trpc/http.ts";
import type { AppRouter } from "#server/trpc/root.ts";
import { serve } from "#tests/_http.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, say, testPassword } from "#tests/_people.ts";
import { queryKeys } from "#tests/_query-keys.ts";

const server = await serve(handleTrpc);
afterAll(async () => {
  await server.close();
  await closeDatabase();
});

/** A conversation on a screen without a connection, until it catches up. */
async function openTab(reader: Me & { handle: string }, conversationId: string) {
  const { token } = await signInForToken({ address: "test" }, { login: reader.handle, password: testPassword });
  const headers = { authorization: `Bearer ${token}` };
  const link = httpBatchLink<AppRouter>({ url: `${server.url}/api/trpc`, headers });
  const api = createTRPCClient<AppRouter>({ links: [link] });
  // Nothing is collected: a timer would outlive the test.
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } });
  const fresh = async () => openTimeline(await api.messages.page.query({ conversationId }));
  const key = queryKeys.timeline(conversationId);
  queryClient.setQueryData<Timeline>(key, await fresh());
  return {
    fresh,
    shown: () => queryClient.getQueryData<Timeline>(key),
    catchUp: () => createCatchUp(api, { queryClient, keys: queryKeys, meId: reader.personId }).sync(null),
  };
}

test("a timeline goes on after its reader was removed and came back without hearing of it", async () => {
  const [owner, guest] = [await newPerson("owner"), await newPerson("guest")];
  const { community } = await createCommunity(owner, { name: "Harbour", historyVisibleToNewMembers: false });
  const conversationId = community.id;
  await joinCommunity(guest, { communityId: community.id });
  await say(owner, conversationId, "before");

  const { catchUp, shown, fresh: fetchFresh } = await openTab(guest, conversationId);

  await removeFromCommunity(owner, { communityId: community.id, personId: guest.personId });
  await liftBan(owner, { communityId: community.id, personId: guest.personId });
  await say(owner, conversationId, "while away");
  await joinCommunity(guest, { communityId: community.id });
  await say(owner, conversationId, "after");
  await catchUp();

  const fresh = await fetchFresh();
  expect(fresh.messages.map(({ preview }) => preview)).toEqual(["member joined", "after"]);
  expect(shown()).toEqual(fresh);
});

test("a timeline that missed more than one answer shows every message, and my reactions, after changes", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { catchUp, shown, fresh } = await openTab(ben, conversationId);
  for (let n = 1; n <= 120; n += 1) await say(ann, conversationId, `message ${n}`);
  const react = (me: Me, seq: number, emoji: string) =>
    callerOf(me).messages.react({ conversationId, seq, emoji, reacted: true });
  // Ben's own change is older than what the first answer ends with, the last change of its message is newer.
  const { message } = await react(ben, 3, "👍");
  for (let n = 1; n <= 120; n += 1) await say(ann, conversationId, `later ${n}`);
  await react(ann, 3, "🎉");
  await callerOf(ann).messages.recall({ conversationId, seq: 5 });
  await catchUp();

  expect(message.seq).toBe(3);
  expect(shown()?.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 241 }, (_, at) => at + 1));
  expect(shown()?.messages[4]?.content).toEqual({ kind: "recalled" });
  expect(shown()?.ownReactions).toEqual({ 3: ["👍"] });
  const { messages } = await fresh();
  expect(shown()?.messages.slice(-messages.length)).toEqual(messages);
});
