import type { QueryKey } from "@tanstack/react-query";
import { refreshedConversation, replaceConversation } from "#client/conversations/reduce-inbox.ts";
import { isContiguous, openTimeline, reduceTimelineChanges, type Timeline } from "#client/messages/reduce-timeline.ts";
import type { Cache, Gap } from "#client/realtime/apply-event.ts";
import { askAnew } from "#client/realtime/apply-media.ts";
import type { QueryKeys } from "#client/realtime/query-keys.ts";
import { reasonOf } from "#client/refusal.ts";
import type { Api } from "#client/trpc.ts";
import type { ChangesSince, ConversationList, HeadList } from "#contracts/conversations.ts";
import type { InboxHeads } from "#contracts/realtime.ts";

/**
 * Fetches what cached queries missed. While a query is being fetched, all further calls for it share one more fetch:
 * the answer on its way may be older than what they ask for.
 */
export type CatchUp = {
  /** Resolves when these queries hold everything that was committed before the call. Rejects when a fetch fails. */
  close(gaps: Iterable<Gap>, conversationId: string | null): Promise<void>;
  /** Compares every cached query with the heads (null: fetches them) and catches up those that are behind. */
  sync(heads: InboxHeads | null): Promise<void>;
};

export function createCatchUp(api: Api, cache: Cache): CatchUp {
  const { queryClient, keys } = cache;
  const once = onePerKey();

  const invalidate = (key: readonly unknown[]) => () =>
    queryClient.invalidateQueries({ queryKey: key, refetchType: "active" }, { cancelRefetch: true });

  function run(gap: Gap, conversationId: string): Promise<void> {
    switch (gap) {
      case "inbox":
        return once("inbox", invalidate(keys.inbox));
      case "friends":
        return once("friends", invalidate(keys.friends));
      case "communities":
        return once("communities", invalidate(keys.communities));
      case "marks":
        return once("marks", invalidate(keys.marks()));
      case "pinned":
        return once(`pinned ${conversationId}`, invalidate(keys.pinned(conversationId)));
      case "folders":
        return once("folders", invalidate(keys.folders));
      case "drafts":
        return once("drafts", invalidate(keys.drafts));
      case "media":
        return once(`media ${conversationId}`, () => askAnew(queryClient, keys.media(conversationId)));
      case "scheduled":
        return once("scheduled", invalidate(keys.scheduled));
      case "members":
        return once(`members ${conversationId}`, invalidate(keys.members(conversationId)));
      case "conversation":
        return once(`conversation ${conversationId}`, () => refreshConversation(api, cache, conversationId));
      case "timeline":
        return once(`timeline ${conversationId}`, () => catchUpTimeline(api, cache, conversationId));
    }
  }

  return {
    close: async (gaps, conversationId) => {
      await Promise.all([...gaps].map((gap) => run(gap, conversationId ?? "")));
    },
    sync: async (given) => {
      const heads = given ?? toHeads(await api.conversations.heads.query());
      const behind = compareHeads(cache, heads);
      await Promise.all(behind.map(({ gap, conversationId }) => run(gap, conversationId)));
    },
  };
}

const toHeads = ({ personRev, heads }: HeadList): InboxHeads => ({
  rev: personRev,
  heads: Object.fromEntries(heads.map((head) => [head.id, head.rev])),
});

/** What is cached of a person, at a rev of theirs. */
const personParts = ({ friends, communities, folders, drafts, scheduled }: QueryKeys) => ({
  friends,
  communities,
  folders,
  drafts,
  scheduled,
});
/** What is cached of a conversation, at a rev of its own. */
const conversationParts = ({ pinned, timeline, members }: QueryKeys, id: string) => ({
  pinned: pinned(id),
  timeline: timeline(id),
  members: members(id),
});
const entriesOf = <Name extends Gap>(parts: Record<Name, QueryKey>) => Object.entries(parts) as [Name, QueryKey][]; // the keys of a literal

/** Everything that is compared with the heads: an answer may be older than what was told while it travelled. */
export const comparedKeys = (keys: QueryKeys): QueryKey[] => [
  keys.inbox,
  keys.marks(),
  ...Object.values(personParts(keys)),
  ...Object.values(conversationParts(keys, "")),
];

/** Cached queries that are behind the heads. */
function compareHeads(cache: Cache, { rev, heads }: InboxHeads): { gap: Gap; conversationId: string }[] {
  const { queryClient, keys } = cache;
  const behind: { gap: Gap; conversationId: string }[] = [];
  const isBehind = (key: readonly unknown[], head: number) =>
    (queryClient.getQueryData<{ rev: number }>(key)?.rev ?? head) < head;

  const inbox = queryClient.getQueryData<ConversationList>(keys.inbox);
  const revs = new Map(inbox?.conversations.map((known) => [known.id, known.rev]));
  // The list is fetched whole: one request covers a personal gap and every conversation that changed.
  const moved = Object.entries(heads).some(([id, head]) => (revs.get(id) ?? -1) < head);
  if (inbox && (inbox.rev < rev || moved)) {
    behind.push({ gap: "inbox", conversationId: "" });
  }
  for (const [gap, key] of entriesOf(personParts(keys))) {
    if (isBehind(key, rev)) behind.push({ gap, conversationId: "" });
  }
  const marks = queryClient.getQueriesData<{ rev: number }>({ queryKey: keys.marks() });
  if (marks.some(([, held]) => held && held.rev < rev)) behind.push({ gap: "marks", conversationId: "" });
  for (const [conversationId, head] of Object.entries(heads)) {
    // Pages of media have no rev: they are as old as the list.
    if ((revs.get(conversationId) ?? -1) < head) behind.push({ gap: "media", conversationId });
    for (const [gap, key] of entriesOf(conversationParts(keys, conversationId))) {
      if (isBehind(key, head)) behind.push({ gap, conversationId });
    }
  }
  return behind;
}

async function refreshConversation(api: Api, { queryClient, keys }: Cache, conversationId: string): Promise<void> {
  const conversation = await api.conversations.get.query({ conversationId }).catch(nothingIfGone);
  queryClient.setQueryData<ConversationList>(keys.inbox, (inbox) => {
    if (!inbox) return inbox;
    if (!conversation) {
      return { ...inbox, conversations: inbox.conversations.filter((known) => known.id !== conversationId) };
    }
    const known = inbox.conversations.find((one) => one.id === conversationId);
    // A conversation that was removed during the request stays removed.
    if (!known || known.rev >= conversation.rev) return inbox;
    return replaceConversation(inbox, refreshedConversation(known, conversation));
  });
}

async function catchUpTimeline(api: Api, { queryClient, keys, meId }: Cache, conversationId: string): Promise<void> {
  const key = keys.timeline(conversationId);
  for (;;) {
    const timeline = queryClient.getQueryData<Timeline>(key);
    if (!timeline) return;
    const answer = await allChangesSince(api, conversationId, timeline.rev).catch(nothingIfGone);
    if (!answer) {
      queryClient.removeQueries({ queryKey: keys.quoted(conversationId) });
      return queryClient.removeQueries({ queryKey: key });
    }
    // Events may have changed the timeline during the request.
    const now = queryClient.getQueryData<Timeline>(key);
    if (answer.reset || (now && !isContiguous(now, answer))) {
      const page = await api.messages.page.query({ conversationId });
      queryClient.setQueryData<Timeline>(key, openTimeline(page));
      continue; // fetch what changed while the page was loading
    }
    queryClient.setQueryData<Timeline>(key, (now) => (now ? reduceTimelineChanges(now, answer, meId) : now));
    void queryClient.invalidateQueries({ queryKey: keys.quoted(conversationId) });
    return;
  }
}

/** All pages of the answer: a message that changed again may be in a later one than those sent after it. */
async function allChangesSince(api: Api, conversationId: string, rev: number): Promise<ChangesSince> {
  const answer = await api.conversations.changesSince.query({ conversationId, rev });
  if (answer.reset || answer.nextRev === null) return answer;
  const rest = await allChangesSince(api, conversationId, answer.nextRev);
  return { ...rest, changes: [...answer.changes, ...rest.changes] };
}

function nothingIfGone(error: unknown): null {
  if (reasonOf(error).reason === "not_found") return null;
  throw error;
}

type Work = () => Promise<unknown>;

/** Runs one task per key at a time. All calls during a run share the next run. */
function onePerKey(): (key: string, work: Work) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  return function once(key: string, work: Work): Promise<void> {
    const current = running.get(key);
    if (!current) {
      const run = Promise.resolve(work()).then(() => {});
      const tracked = run.finally(() => running.delete(key));
      running.set(key, tracked);
      return tracked;
    }
    const queued = waiting.get(key);
    if (queued) return queued;
    const next: Promise<void> = current
      .catch(() => {})
      .then(() => {
        waiting.delete(key);
        return once(key, work);
      });
    waiting.set(key, next);
    return next;
  };
}
