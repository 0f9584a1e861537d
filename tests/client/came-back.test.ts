import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { afterAll, expect, test } from "vitest";
import { openTimeline, type Timeline } from "#client/messages/reduce-timeline.ts";
import { createCatchUp } from "#client/realtime/catch-up.ts";
import type { QueryKeys } from "#client/realtime/query-keys.ts";
import { signInForToken } from "#server/accounts/sign-in.ts";
import { liftBan } from "#server/communities/bans.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { handleTrpc } from "#server/trpc/http.ts";
import type { AppRouter } from "#server/trpc/root.ts";
import { serve } from "#tests/_http.ts";
import { closeDatabase, newPerson, say, testPassword } from "#tests/_people.ts";

const server = await serve(handleTrpc);
afterAll(async () => {
  await server.close();
  await closeDatabase();
});

const keys: QueryKeys = {
  me: ["me"],
  inbox: ["inbox"],
  friends: ["friends"],
  communities: ["communities"],
  members: (id) => ["members", id],
  packet: (id) => ["packet", id],
  timeline: (id) => ["timeline", id],
};

test("a timeline goes on after its reader was removed and came back without hearing of it", async () => {
  const [owner, guest] = [await newPerson("owner"), await newPerson("guest")];
  const { community } = await createCommunity(owner, { name: "Harbour", historyVisibleToNewMembers: false });
  const conversationId = community.id;
  await joinCommunity(guest, { communityId: community.id });
  await say(owner, conversationId, "before");

  const { token } = await signInForToken({ address: "test" }, { login: guest.handle, password: testPassword });
  const link = httpBatchLink<AppRouter>({
    url: `${server.url}/api/trpc`,
    headers: { authorization: `Bearer ${token}` },
  });
  const api = createTRPCClient<AppRouter>({ links: [link] });
  const queryClient = new QueryClient();
  const key = keys.timeline(conversationId);
  queryClient.setQueryData<Timeline>(key, openTimeline(await api.messages.page.query({ conversationId })));

  await removeFromCommunity(owner, { communityId: community.id, personId: guest.personId });
  await liftBan(owner, { communityId: community.id, personId: guest.personId });
  await say(owner, conversationId, "while away");
  await joinCommunity(guest, { communityId: community.id });
  await say(owner, conversationId, "after");
  await createCatchUp(api, { queryClient, keys, meId: guest.personId }).sync(null);

  const fresh = openTimeline(await api.messages.page.query({ conversationId }));
  expect(fresh.messages.map(({ preview }) => preview)).toEqual(["member joined", "after"]);
  expect(queryClient.getQueryData(key)).toEqual(fresh);
  queryClient.clear();
});
