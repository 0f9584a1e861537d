import type { Envelope } from "#contracts/bus.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import { limits } from "#contracts/limits.ts";
import { readChanges, toChange } from "#server/conversations/changes.ts";
import type { Sql, Tx } from "#server/db/sql.ts";
import { showPresence } from "#server/realtime/last-seen.ts";

/**
 * The worker's queries, the only ones that `realtime` may import. Every function takes the pool first and many ids at
 * once, because a thousand clients may reconnect in the same second.
 */

type LoadedMembership = { conversationId: string; rev: number; visibleFromSeq: number };
export type LoadedPerson = { personId: string; rev: number; memberships: LoadedMembership[] };

/** The revs and memberships of these people, from one snapshot, for the hub. */
export async function loadPeople(sql: Sql, personIds: readonly string[]): Promise<LoadedPerson[]> {
  return sql<LoadedPerson[]>`
    select p.id as person_id, p.rev, coalesce((
      select jsonb_agg(jsonb_build_object('conversationId', c.id, 'rev', c.rev, 'visibleFromSeq', m.visible_from_seq))
      from memberships m join conversations c on c.id = m.conversation_id
      where m.person_id = p.id and m.left_at is null
    ), '[]'::jsonb) as memberships
    from people p where p.id = any(${personIds as string[]}::uuid[])
  `;
}

/** The ids of the active sessions among these: neither revoked nor expired, and of that person. */
export async function activeSessions(
  sql: Sql,
  claims: readonly { personId: string; sessionId: string }[],
): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    select s.id from sessions s
    join unnest(${claims.map((c) => c.sessionId)}::uuid[], ${claims.map((c) => c.personId)}::uuid[]) as c(sid, pid)
      on s.id = c.sid and s.person_id = c.pid
    where s.revoked_at is null and s.expires_at > now()
  `;
  return new Set(rows.map((row) => row.id));
}

export type MissedChanges = {
  headRev: number;
  /** In rev order. A rev is missing when a later change replaced the same row. */
  events: ConversationEvent[];
  /** True when there are too many changes to return each. */
  reset: boolean;
  /** All current members. */
  members: { personId: string; visibleFromSeq: number }[];
};

/** The changes of a conversation after `rev`, and its members, from one snapshot. */
export async function readChangesSince(sql: Sql, conversationId: string, rev: number): Promise<MissedChanges> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const { head, rows } = await readChanges(tx, conversationId, rev, limits.changes.reset);
    const members = await readMemberIds(tx, conversationId);
    if (head.rev - rev > limits.changes.reset) return { headRev: head.rev, events: [], reset: true, members };
    const events = rows.map((row): ConversationEvent => {
      const { message, reactions, member, memberCount = 0, metadata } = toChange(row);
      const at = { conversationId, rev: row.rev };
      if (message && row.message?.changedAt) {
        return {
          scope: "conversation",
          type: "message.changed",
          ...at,
          message,
          ...(reactions?.length ? { reactions } : {}),
        };
      }
      if (message) return { scope: "conversation", type: "message.sent", ...at, message };
      if (member) return { scope: "conversation", type: "member.changed", ...at, member, memberCount };
      if (metadata) return { scope: "conversation", type: "conversation.changed", ...at, metadata };
      return { scope: "conversation", type: "conversation.rev_changed", ...at };
    });
    return { headRev: head.rev, events, reset: false, members };
  }) as Promise<MissedChanges>;
}

async function readMemberIds(tx: Tx, conversationId: string) {
  return tx<{ personId: string; visibleFromSeq: number }[]>`
    select person_id, visible_from_seq from memberships where conversation_id = ${conversationId} and left_at is null
  `;
}

export type Heads = { conversations: Map<string, number>; people: Map<string, number> };

/** The current revs of these conversations and people, for the resync after a break of LISTEN. */
export async function readHeads(
  sql: Sql,
  conversationIds: readonly string[],
  personIds: readonly string[],
): Promise<Heads> {
  const [conversations, people] = await Promise.all([
    sql<{ id: string; rev: number }[]>`
      select id, rev from conversations where id = any(${conversationIds as string[]}::uuid[])`,
    sql<{ id: string; rev: number }[]>`select id, rev from people where id = any(${personIds as string[]}::uuid[])`,
  ]);
  return {
    conversations: new Map(conversations.map((row) => [row.id, row.rev])),
    people: new Map(people.map((row) => [row.id, row.rev])),
  };
}

export type OutboxEntries = { envelopes: Envelope[]; sessionsEnded: boolean };

/**
 * Changes committed without a notification in the last seconds. Each is returned several times; hubs ignore revs they
 * have.
 */
export async function readOutbox(sql: Sql): Promise<OutboxEntries> {
  const rows = await sql<{ conversationId: string | null; personId: string | null; rev: number }[]>`
    select conversation_id, person_id, rev from notify_outbox where created_at > now() - interval '15 seconds' order by id
  `;
  const envelopes = rows.flatMap(({ conversationId, personId, rev }): Envelope[] => {
    if (conversationId) return [{ conversationId, rev }];
    return personId ? [{ personId, rev }] : [];
  });
  return { envelopes, sessionsEnded: rows.some((row) => row.conversationId === null && row.personId === null) };
}

/** Of each of these people, the people that they may see online: friends, if neither hides it or blocks the other. */
export async function readFriendIds(sql: Sql, personIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql<{ personId: string; friendIds: string[] }[]>`
    select p.id as person_id, array_agg(f.id) as friend_ids
    from unnest(${personIds as string[]}::uuid[]) as p(id)
    cross join lateral (
      (select high_id as id from friendships where low_id = p.id and removed_at is null
       union all
       select low_id from friendships where high_id = p.id and removed_at is null)
      limit ${limits.watchedFriends}
    ) f
    where not exists (
      select from blocks b
      where (b.blocker_id = p.id and b.blocked_id = f.id) or (b.blocker_id = f.id and b.blocked_id = p.id))
      and ${showPresence(sql, sql`p.id`, sql`f.id`)}
    group by p.id
  `;
  return new Map(rows.map((row) => [row.personId, row.friendIds]));
}

/** All friends of each of these people, also those who see nothing of each other. */
export async function readAllFriendIds(sql: Sql, personIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql<{ personId: string; friendIds: string[] }[]>`
    select p.id as person_id, array(
      select high_id from friendships where low_id = p.id and removed_at is null
      union all
      select low_id from friendships where high_id = p.id and removed_at is null
    ) as friend_ids
    from unnest(${personIds as string[]}::uuid[]) as p(id)
  `;
  return new Map(rows.map((row) => [row.personId, row.friendIds]));
}
