/**
 * A device holds the cache of one person's client, receives what the worker would deliver (through the real bus and
 * the real hub), and applies it with the client's own code. Parity: afterwards it must equal a fresh fetch.
 */

import { QueryClient } from "@tanstack/react-query";
import postgres from "postgres";
import { expect } from "vitest";
import { openTimeline } from "#client/messages/reduce-timeline.ts";
import { applyConversationEvent, applyPersonEvent, type Cache, type Gap } from "#client/realtime/apply-event.ts";
import { busChannel, type Envelope } from "#contracts/bus.ts";
import { isConversationEvent } from "#contracts/events.ts";
import { Hub } from "#realtime/hub.ts";
import { listCommunities, listMembers } from "#server/communities/get.ts";
import { listDrafts } from "#server/conversations/drafts/list.ts";
import { listFolders } from "#server/conversations/folders/list.ts";
import { listConversations } from "#server/conversations/list.ts";
import { sql } from "#server/db/sql.ts";
import { listFriends } from "#server/friends/list.ts";
import type { Me } from "#server/me.ts";
import { listMarks } from "#server/messages/marks/list.ts";
import { pageMessages } from "#server/messages/page.ts";
import { listPinned } from "#server/messages/pins/list.ts";
import { listScheduled } from "#server/messages/schedule/list.ts";
import { sendHeartbeat } from "#server/realtime/heartbeat.ts";
import { loadPeople } from "#server/realtime/realtime-queries.ts";
import { queryKeys } from "#tests/_query-keys.ts";

/** What the client reads anew by design: a newcomer's name, the invite codes of its communities. */
const askedAnew: Gap[] = ["members", "communities"];

type Device = { me: Me; cache: Cache; gaps: Set<Gap>; open: string[] };

/** Everything that this person can see, with the given conversations open. */
async function fetchAll(me: Me, open: string[]) {
  const inbox = await listConversations(me);
  const communityIds = inbox.conversations.filter((one) => one.kind === "community").map((one) => one.id);
  const present = open.filter((id) => inbox.conversations.some((one) => one.id === id));
  return {
    inbox,
    friends: await listFriends(me),
    scheduled: await listScheduled(me),
    drafts: await listDrafts(me),
    folders: await listFolders(me),
    communities: await listCommunities(me),
    members: new Map(
      await Promise.all(communityIds.map(async (id) => [id, await listMembers(me, { communityId: id })] as const)),
    ),
    timelines: new Map(
      await Promise.all(
        present.map(
          async (id) => [id, openTimeline(await pageMessages(me, { conversationId: id, limit: 100 }))] as const,
        ),
      ),
    ),
    marks: new Map(
      await Promise.all(present.map(async (id) => [id, await listMarks(me, { conversationId: id })] as const)),
    ),
    pinned: new Map(
      await Promise.all(present.map(async (id) => [id, await listPinned(me, { conversationId: id })] as const)),
    ),
  };
}

async function newDevice(me: Me, open: string[]): Promise<Device> {
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } });
  const all = await fetchAll(me, open);
  queryClient.setQueryData(queryKeys.inbox, all.inbox);
  queryClient.setQueryData(queryKeys.friends, all.friends);
  queryClient.setQueryData(queryKeys.scheduled, all.scheduled);
  queryClient.setQueryData(queryKeys.drafts, all.drafts);
  queryClient.setQueryData(queryKeys.folders, all.folders);
  queryClient.setQueryData(queryKeys.communities, all.communities);
  for (const [id, members] of all.members) queryClient.setQueryData(queryKeys.members(id), members);
  for (const [id, timeline] of all.timelines) queryClient.setQueryData(queryKeys.timeline(id), timeline);
  for (const [id, marks] of all.marks) queryClient.setQueryData(queryKeys.marks(id), marks);
  for (const [id, pinned] of all.pinned) queryClient.setQueryData(queryKeys.pinned(id), pinned);
  return { me, cache: { queryClient, keys: queryKeys, meId: me.personId }, gaps: new Set(), open };
}

/**
 * Snapshot, act, apply, fetch again, compare; for each of the people. `open` are the conversations with timelines
 * on a person's screen; `more` names queries that the act invalidates.
 */
export async function expectParity(
  people: Me[],
  open: string[],
  act: () => Promise<unknown>,
  more: Gap[] = [],
): Promise<void> {
  const hub = new Hub();
  for (const { personId } of people) hub.connect(personId);
  const ids = people.map((person) => person.personId);
  for (const loaded of await loadPeople(sql(), ids)) hub.load(loaded);
  const devices = new Map(
    await Promise.all(people.map(async (me) => [me.personId, await newDevice(me, open)] as const)),
  );

  const heard = await envelopesOf(act);
  let events = 0;
  for (const envelope of heard) {
    for (const action of hub.apply(envelope)) {
      if (action.type !== "deliver") continue;
      for (const personId of action.personIds) {
        const device = devices.get(personId);
        if (!device) continue;
        events += 1;
        const { event } = action;
        const gaps = isConversationEvent(event)
          ? applyConversationEvent(device.cache, event)
          : applyPersonEvent(device.cache, event);
        for (const gap of gaps) device.gaps.add(gap);
      }
    }
  }
  expect(events, "the act published no event").toBeGreaterThan(0);
  for (const device of devices.values()) await compare(device, [...askedAnew, ...more]);
}

async function compare({ me, cache, gaps, open }: Device, allowed: Gap[]): Promise<void> {
  const fresh = await fetchAll(me, open);
  const held = (key: readonly unknown[]) => cache.queryClient.getQueryData(key);
  expect(
    [...gaps].filter((gap) => !allowed.includes(gap)),
    "events left a hole",
  ).toEqual([]);
  if (!gaps.has("inbox")) expect(held(queryKeys.inbox)).toEqual(fresh.inbox);
  if (!gaps.has("friends")) expect(held(queryKeys.friends)).toEqual(fresh.friends);
  if (!gaps.has("scheduled")) expect(held(queryKeys.scheduled)).toEqual(fresh.scheduled);
  if (!gaps.has("folders")) expect(held(queryKeys.folders)).toEqual(fresh.folders);
  if (!gaps.has("drafts")) expect(held(queryKeys.drafts)).toEqual(fresh.drafts);
  if (!gaps.has("communities"))
    expect(held(queryKeys.communities)).toMatchObject({ requests: fresh.communities.requests });
  for (const [id, members] of fresh.members) {
    if (!gaps.has("members") && held(queryKeys.members(id))) {
      expect(held(queryKeys.members(id))).toMatchObject({ rev: members.rev, members: members.members });
    }
  }
  for (const [id, timeline] of fresh.timelines)
    if (held(queryKeys.timeline(id))) expect(held(queryKeys.timeline(id))).toEqual(timeline);
  for (const [id, marks] of fresh.marks)
    if (!gaps.has("marks") && held(queryKeys.marks(id))) expect(held(queryKeys.marks(id))).toEqual(marks);
  for (const [id, pinned] of fresh.pinned)
    if (held(queryKeys.pinned(id))) expect(held(queryKeys.pinned(id))).toEqual(pinned);
}

/** Every envelope that the act published. A heartbeat sent afterwards arrives after all of them. */
export async function envelopesOf(act: () => Promise<unknown>): Promise<Envelope[]> {
  const listener = postgres(process.env.DATABASE_URL_DIRECT ?? "", { max: 1 });
  const heard: Envelope[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  await listener.listen(busChannel, (text) => {
    for (const envelope of JSON.parse(text) as Envelope[]) {
      if ("heartbeat" in envelope) end();
      else heard.push(envelope);
    }
  });
  await act();
  await sendHeartbeat(sql(), "parity", 1);
  await ended;
  await listener.end();
  return heard;
}
