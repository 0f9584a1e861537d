import type { Member } from "#contracts/communities.ts";
import type { MemberRow } from "#server/communities/view.ts";
import type { Tx } from "#server/db/sql.ts";

const memberColumns = (tx: Tx) => tx`
  m.person_id, m.role, m.role_ids, m.muted, m.muted_until, m.visible_from_seq, m.joined_at, m.left_at, m.rev`;

export type NewMember = {
  personId: string;
  role: Member["role"];
  visibleFromSeq: number;
  lastReadSeq: number;
  rev: number;
};

/** Joins or joins again: the row is reused, with a fresh beginning. */
export async function upsertMember(tx: Tx, conversationId: string, member: NewMember): Promise<MemberRow> {
  const [row] = await tx<MemberRow[]>`
    insert into memberships as m (conversation_id, person_id, role, visible_from_seq, last_read_seq, rev)
    values (${conversationId}, ${member.personId}, ${member.role}, ${member.visibleFromSeq}, ${member.lastReadSeq}, ${member.rev})
    on conflict (conversation_id, person_id) do update
      set role = excluded.role, visible_from_seq = excluded.visible_from_seq, last_read_seq = excluded.last_read_seq,
        rev = excluded.rev, joined_at = now(), left_at = null
    returning ${memberColumns(tx)}
  `;
  if (!row) throw new Error("upsert returned no membership");
  return row;
}

export async function updateMember(
  tx: Tx,
  conversationId: string,
  personId: string,
  rev: number,
  { role, roleIds, muted, left = false }: Partial<Pick<Member, "role" | "roleIds" | "muted">> & { left?: boolean },
): Promise<MemberRow> {
  const [row] = await tx<MemberRow[]>`
    update memberships m set rev = ${rev}, left_at = case when ${left} then now() end
      ${role === undefined ? tx`` : tx`, role = ${role}`}
      ${roleIds === undefined ? tx`` : tx`, role_ids = ${roleIds}::uuid[]`}
      ${muted === undefined ? tx`` : tx`, muted = ${muted !== null}, muted_until = ${muted?.until ?? null}, may_write = ${muted === null}`}
    where m.conversation_id = ${conversationId} and m.person_id = ${personId}
    returning ${memberColumns(tx)}
  `;
  if (!row) throw new Error("no membership to update");
  return row;
}

export type MembershipState = { role: Member["role"]; visibleFromSeq: number; lastReadSeq: number };

/** Null for strangers and for people who left. */
export async function readMembership(
  tx: Tx,
  conversationId: string,
  personId: string,
): Promise<MembershipState | null> {
  const [row] = await tx<MembershipState[]>`
    select role, visible_from_seq, last_read_seq from memberships
    where conversation_id = ${conversationId} and person_id = ${personId} and left_at is null
  `;
  return row ?? null;
}

export async function readMembers(tx: Tx, conversationId: string): Promise<MemberRow[]> {
  return tx<MemberRow[]>`
    select ${memberColumns(tx)} from memberships m
    where m.conversation_id = ${conversationId} and m.left_at is null
    order by array_position('{owner,admin}', m.role), m.joined_at, m.person_id
  `;
}

/** What a member is in the hierarchy of a community; null for others. */
export async function readStanding(tx: Tx, conversationId: string, personId: string) {
  const [row] = await tx<{ role: Member["role"]; roleIds: string[] }[]>`
    select role, role_ids from memberships
    where conversation_id = ${conversationId} and person_id = ${personId} and left_at is null
  `;
  return row ?? null;
}
