import { limits } from "#contracts/limits.ts";
import { rulesOf } from "#server/communities/roles/store.ts";
import type { CommunityRow } from "#server/communities/view.ts";
import { lastMessageAt, settingsColumns } from "#server/conversations/settings/store.ts";
import type { ConversationRow } from "#server/conversations/view.ts";
import type { Tx } from "#server/db/sql.ts";

export type LockedConversation = {
  id: string;
  kind: string;
  lastSeq: number;
  rev: number;
  metadataRev: number;
  memberCount: number;
  closedAt: Date | null;
};

/**
 * Takes the conversation's row lock, held until commit: `seq` and `rev` are numbered under it, so commit order is
 * rev order. Statements after this one see everything that earlier holders of the lock committed.
 */
export async function lockConversation(tx: Tx, id: string): Promise<LockedConversation | null> {
  const [row] = await tx<LockedConversation[]>`
    select id, kind, last_seq, rev, metadata_rev, member_count, closed_at from conversations where id = ${id}
    for no key update
  `;
  return row ?? null;
}

const columnsOf = (row: LockedConversation) => ({
  last_seq: row.lastSeq,
  rev: row.rev,
  metadata_rev: row.metadataRev,
  member_count: row.memberCount,
  closed_at: row.closedAt,
});

/** Writes what changed since the row was locked and nothing else: the worker's role may not write all columns. */
export async function writeConversation(
  tx: Tx,
  before: LockedConversation,
  now: LockedConversation,
  newMessage: boolean,
): Promise<void> {
  const [old, columns] = [columnsOf(before), columnsOf(now)];
  const changed = (Object.keys(columns) as (keyof typeof columns)[]).filter((name) => columns[name] !== old[name]);
  await tx`
    update conversations set ${tx(columns, ...changed)} ${newMessage ? tx`, last_message_at = now()` : tx``}
    where id = ${now.id}
  `;
}

export async function insertConversation(tx: Tx, kind: string, directKey: string | null): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into conversations (kind, direct_key) values (${kind}, ${directKey}) returning id
  `;
  if (!row) throw new Error("insert returned no conversation");
  return row.id;
}

export async function findByDirectKey(tx: Tx, directKey: string): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`select id from conversations where direct_key = ${directKey}`;
  return row?.id ?? null;
}

/** A pair of people has a key of both. */
export const notesKey = (personId: string) => `self:${personId}`;

export const findNotes = (tx: Tx, personId: string) => findByDirectKey(tx, notesKey(personId));

type WriteRefusal = { reason: string | null; retryAfter: number | null };

/** The reason why a person may not write in a conversation now, or null; `retryAfter`: seconds until a mute ends by itself. */
export async function readWriteRefusal(tx: Tx, conversationId: string, personId: string): Promise<WriteRefusal> {
  const [row] = await tx<WriteRefusal[]>`
    select reason, case when reason = 'muted' and until is not null
      then greatest(1, ceil(extract(epoch from until - now())))::float8 end as retry_after
    from write_refusal(${conversationId}, ${personId})
  `;
  return row ?? { reason: null, retryAfter: null };
}

/** `hiddenFrom`: the members who are not told, because they do not share their own; null: no one is told. */
export type MovedMark = { lastReadSeq: number; hiddenFrom: string[] | null };

/** Read marks never go back. Null when it already stood there or further. */
export async function moveReadMark(tx: Tx, conversationId: string, personId: string, seq: number) {
  const [row] = await tx<MovedMark[]>`
    update memberships m set last_read_seq = least(${seq}, c.last_seq), last_read_at = now()
    from conversations c
    where m.conversation_id = ${conversationId} and m.person_id = ${personId} and m.left_at is null
      and c.id = m.conversation_id and m.last_read_seq < least(${seq}, c.last_seq)
    returning m.last_read_seq,
      case when ${sharesReceipts(tx, tx`m.person_id`)} and c.member_count <= ${limits.receiptMembers} then ${hiddenFrom(tx)} end
        as hidden_from
  `;
  return row ?? null;
}

/** Whether a person shares receipts. A lookup by the key, whatever Postgres knows of how many people there are. */
export const sharesReceipts = (tx: Tx, personId: ReturnType<Tx>) =>
  tx`(select h.shares_receipts from people h where h.id = ${personId})`;

/** The members of the conversation `c` who do not share receipts. */
export const hiddenFrom = (tx: Tx) => tx`array(
  select o.person_id from memberships o
  where o.conversation_id = c.id and o.left_at is null and not ${sharesReceipts(tx, tx`o.person_id`)}
)`;

export async function markSentAsRead(tx: Tx, conversationId: string, senderId: string, seq: number): Promise<void> {
  await tx`
    update memberships set last_read_seq = ${seq} where conversation_id = ${conversationId} and person_id = ${senderId}
  `;
}

export async function readCommunityRow(tx: Tx, id: string): Promise<CommunityRow | null> {
  const [row] = await tx<CommunityRow[]>`
    select id, number, name, icon, icon_id, category, description, owner_id, join_policy, join_question, history_visible_to_new_members
    from communities where id = ${id}
  `;
  return row ?? null;
}

const camelPerson = (tx: Tx) => tx`jsonb_build_object(
  'id', p.id, 'number', p.number, 'handle', p.handle, 'displayName', p.display_name, 'gender', p.gender,
  'bio', p.bio, 'avatarSeed', p.avatar_seed, 'avatarId', p.avatar_id,
  'version', p.version)`;

/**
 * The inbox as rows, newest activity first: all of it, or the one conversation `only`. Memberships that ended are not
 * in it. One statement, hence one snapshot.
 */
export async function readInbox(tx: Tx, personId: string, only: string | null = null): Promise<ConversationRow[]> {
  return tx<ConversationRow[]>`
    select c.id, c.kind, c.member_count, c.rev, c.last_seq, c.closed_at,
      ${lastMessageAt(tx)} as last_message_at,
      m.role, m.role_ids, m.muted as word_taken, m.muted_until as word_taken_until, m.visible_from_seq, m.last_read_seq, noticed.seqs as unread_notices, mentioned.seqs as unread_mentions,
      ${settingsColumns(tx)}, peer.person as peer, com.community, com.rules, last.message as last_message
    from memberships m
    join conversations c on c.id = m.conversation_id
    left join lateral (
      select ${camelPerson(tx)} as person from memberships o join people p on p.id = o.person_id
      where c.kind = 'direct' and o.conversation_id = c.id and o.person_id <> m.person_id limit 1
    ) peer on true
    left join lateral (
      select coalesce(array_agg(s.seq order by s.seq), '{}') as seqs from (
        select n.seq from messages n
        where n.conversation_id = c.id and n.kind = 'notice' and n.seq > m.last_read_seq and n.seq >= m.visible_from_seq
        order by n.seq desc limit ${limits.noticesCounted}
      ) s
    ) noticed on true
    left join lateral (
      select coalesce(array_agg(s.seq order by s.seq), '{}') as seqs from (
        select n.seq from mentions n
        where n.person_id = m.person_id and n.conversation_id = c.id and n.seq > m.last_read_seq
          and n.seq >= m.visible_from_seq
        order by n.seq desc limit ${limits.mentionsCounted}
      ) s
    ) mentioned on true
    left join conversation_settings s on s.person_id = m.person_id and s.conversation_id = m.conversation_id
    left join lateral (
      select jsonb_build_object('id', k.id, 'number', k.number, 'name', k.name, 'icon', k.icon, 'iconId', k.icon_id,
        'category', k.category, 'description', k.description, 'ownerId', k.owner_id, 'joinPolicy', k.join_policy,
        'joinQuestion', k.join_question,
        'historyVisibleToNewMembers', k.history_visible_to_new_members) as community,
        ${rulesOf(tx)} as rules
      from communities k where c.kind = 'community' and k.id = c.id
    ) com on true
    left join lateral (
      select jsonb_build_object('seq', l.seq, 'senderId', l.sender_id, 'preview', l.preview,
        'content', case when l.kind = 'notice' then l.content else jsonb_build_object('kind', l.kind) end,
        'sentAt', l.sent_at) as message
      from messages l where l.conversation_id = c.id and l.seq = c.last_seq and l.seq >= m.visible_from_seq
    ) last on true
    where m.person_id = ${personId} and m.left_at is null ${only === null ? tx`` : tx`and m.conversation_id = ${only}`}
    order by last_message_at desc, c.id desc
  `;
}

export type Head = { id: string; rev: number; lastSeq: number; lastReadSeq: number };

export async function readHeads(tx: Tx, personId: string): Promise<Head[]> {
  return tx<Head[]>`
    select c.id, c.rev, c.last_seq, m.last_read_seq
    from memberships m join conversations c on c.id = m.conversation_id
    where m.person_id = ${personId} and m.left_at is null
  `;
}

export async function readPersonRev(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ rev: number }[]>`select rev from people where id = ${personId}`;
  return row?.rev ?? 0;
}

export async function readConversationHead(tx: Tx, id: string): Promise<{ rev: number; lastSeq: number }> {
  const [row] = await tx<{ rev: number; lastSeq: number }[]>`select rev, last_seq from conversations where id = ${id}`;
  return row ?? { rev: 0, lastSeq: 0 };
}
