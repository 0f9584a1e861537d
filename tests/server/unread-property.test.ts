/**
 * Counters of unread messages under random operations of several people, each with two devices, one of which is away now
 * and then. After each step what every device shows is what a recount from the tables gives.
 */
import { QueryClient } from "@tanstack/react-query";
import { afterAll, expect, test } from "vitest";
import { mergeInbox } from "#client/conversations/reduce-inbox.ts";
import { countedUnread, isMarkedUnread } from "#client/conversations/settings.ts";
import { unreadMentionsOf, unreadOf } from "#client/conversations/unread.ts";
import { applyConversationEvent, applyPersonEvent, type Cache } from "#client/realtime/apply-event.ts";
import type { Conversation, ConversationList } from "#contracts/conversations.ts";
import { isConversationEvent, type WireEvent } from "#contracts/events.ts";
import { mentionedIn, mentionsEveryone } from "#contracts/messages/kinds/index.ts";
import { everyoneId } from "#contracts/messages/kinds/text.ts";
import { Hub } from "#realtime/hub.ts";
import { listConversations } from "#server/conversations/list.ts";
import { readCounterFaults } from "#server/counters/store.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { loadPeople } from "#server/realtime/realtime-queries.ts";
import { allowRefusal, callerOf, closeDatabase, mention, newPerson, say, type TestPerson } from "#tests/_people.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import { createRandom, type Random } from "#tests/chaos/random.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

const steps = 50;
type Counters = { unread: number; mentions: number[]; marked: boolean; counted: number };

class Device {
  readonly #me: Me;
  readonly #cache: Cache;
  #behind = true;
  away = false;

  constructor(me: Me) {
    this.#me = me;
    const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } });
    this.#cache = { queryClient, keys: queryKeys, meId: me.personId };
  }

  receive(event: WireEvent): void {
    if (this.away) {
      this.#behind = true;
      return;
    }
    const gaps = isConversationEvent(event)
      ? applyConversationEvent(this.#cache, event)
      : applyPersonEvent(this.#cache, event);
    if (gaps.has("inbox") || gaps.has("conversation")) this.#behind = true;
  }

  /** What it shows, after it has caught up where it missed something; null while it is away. */
  async counters(conversationId: string): Promise<Counters | null> {
    if (this.away) return null;
    const { queryClient } = this.#cache;
    const held = queryClient.getQueryData<ConversationList>(queryKeys.inbox);
    if (this.#behind) queryClient.setQueryData(queryKeys.inbox, mergeInbox(held, await listConversations(this.#me)));
    this.#behind = false;
    const list = queryClient.getQueryData<ConversationList>(queryKeys.inbox);
    const found = list?.conversations.find(({ id }) => id === conversationId);
    return found ? shownOf(found) : null;
  }
}

const shownOf = (one: Conversation): Counters => ({
  unread: unreadOf(one),
  mentions: unreadMentionsOf(one),
  marked: isMarkedUnread(one),
  counted: countedUnread(one, Date.now()),
});

/** From the rows of messages, deletions, read marks and settings alone. */
async function recount({ personId }: Me, conversationId: string): Promise<Counters> {
  const rows = await sql()<{ seq: number; senderId: string; content: { kind: string } }[]>`
    select m.seq, m.sender_id, m.content from messages m join memberships o on o.conversation_id = m.conversation_id
    where m.conversation_id = ${conversationId} and o.person_id = ${personId}
      and m.seq > o.last_read_seq and m.seq >= o.visible_from_seq and m.kind <> 'notice'
      and not exists (select from hidden_messages h
        where h.person_id = ${personId} and h.conversation_id = m.conversation_id and h.seq = m.seq)
    order by m.seq`;
  const [state] = await sql()<{ marked: boolean; muted: boolean; exceptMentions: boolean }[]>`
    select coalesce(s.marked_unread_seq = o.last_read_seq, false) as marked, coalesce(s.muted, false) as muted,
      coalesce(s.except_mentions, false) as except_mentions
    from memberships o left join conversation_settings s on s.person_id = o.person_id and s.conversation_id = o.conversation_id
    where o.conversation_id = ${conversationId} and o.person_id = ${personId}`;
  const calls = ({ content }: { content: { kind: string } }) =>
    mentionsEveryone(content) || mentionedIn(content).includes(personId);
  const mentions = rows.filter((row) => row.senderId !== personId && calls(row)).map(({ seq }) => seq);
  const { marked = false, muted = false, exceptMentions = false } = state ?? {};
  const loud = rows.length > 0 ? rows.length : Number(marked);
  return { unread: rows.length, mentions, marked, counted: muted ? (exceptMentions ? mentions.length : 0) : loud };
}

type Town = { conversationId: string; people: TestPerson[]; random: Random };

/** One thing that a person may do on a device; what is refused has changed nothing. */
async function act({ conversationId, people, random }: Town): Promise<void> {
  const me = random.pick(people);
  const { conversations, messages } = callerOf(me);
  const { lastSeq, lastReadSeq } = await conversations.get({ conversationId });
  const seq = random.int(1, lastSeq);
  const some = () => random.int(Math.min(lastReadSeq + 1, lastSeq), lastSeq);
  const configure = (wanted: object) => conversations.configure({ conversationId, ...wanted });
  const all = [{ personId: everyoneId, start: 0, length: 4 }];
  const edit = async (text: string, mentions: typeof all) => {
    const { messages: page } = await messages.page({ conversationId });
    const mine = page.filter(({ senderId, content }) => senderId === me.personId && content.kind === "text");
    const last = mine.at(-1);
    if (last) await messages.edit({ conversationId, seq: last.seq, text, mentions, editedAt: last.editedAt });
  };
  const recall = async () => {
    const { messages: page } = await messages.page({ conversationId });
    const mine = page.filter(({ senderId, content }) => senderId === me.personId && content.kind === "text");
    if (mine.length > 0) await messages.recall({ conversationId, seq: random.pick(mine).seq });
  };
  const operations: (() => Promise<unknown>)[] = [
    () => say(me, conversationId, "words"),
    () => say(me, conversationId, "more words"),
    () => mention(me, conversationId, [random.pick(people)]),
    () =>
      messages.send({
        conversationId,
        clientId: crypto.randomUUID(),
        content: { kind: "text", text: "@all", mentions: all },
      }),
    () => edit("@all", all),
    () => edit("no one", []),
    recall,
    () => conversations.markRead({ conversationId, seq }),
    () => configure({ markedUnread: random.chance(0.7) }),
    () => configure({ muted: random.chance(0.6) ? { until: null, exceptMentions: random.chance(0.5) } : null }),
    () => messages.hide({ conversationId, seqs: [some(), some()], hidden: random.chance(0.7) }),
  ];
  await random.pick(operations)().catch(refused);
}

/** Through a caller a refusal has the form of the wire. */
const refused = (error: unknown) => {
  const cause = error instanceof Error ? error.cause : error;
  allowRefusal(cause ?? error);
};

test.each(["one", "two"])("counters are what a recount gives, whatever people do (%s)", async (seed) => {
  const random = createRandom(`unread ${seed}`);
  const people = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const [owner, ...others] = people as [TestPerson, ...TestPerson[]];
  const { community } = await callerOf(owner).communities.create({ name: "Kites", joinPolicy: "open" });
  const conversationId = community.id;
  for (const one of others) await callerOf(one).communities.join({ communityId: conversationId });

  const hub = new Hub();
  for (const { personId } of people) hub.connect(personId);
  for (const loaded of await loadPeople(
    sql(),
    people.map(({ personId }) => personId),
  ))
    hub.load(loaded);
  const devices = new Map(people.map((me) => [me.personId, [new Device(me), new Device(me)]]));
  const town = { conversationId, people, random };
  for (let step = 1; step <= steps; step += 1) {
    for (const [, away] of devices.values()) if (away) away.away = random.chance(0.3);
    // Two at once every few steps: of two people, or of two devices of one.
    const both = random.chance(0.3);
    const heard = await envelopesOf(() => Promise.all([act(town), ...(both ? [act(town)] : [])]));
    for (const envelope of heard) {
      for (const action of hub.apply(envelope)) {
        if (action.type !== "deliver") continue;
        for (const personId of action.personIds)
          for (const device of devices.get(personId) ?? []) device.receive(action.event);
      }
    }
    for (const me of people) {
      const expected = await recount(me, conversationId);
      for (const device of devices.get(me.personId) ?? []) {
        const shown = await device.counters(conversationId);
        if (shown) expect(shown, `step ${step}`).toEqual(expected);
      }
    }
  }
  expect((await readCounterFaults(sql(), [conversationId])).mentions).toBe(0);
});
