import type { Member } from "#contracts/communities.ts";
import type { MemberRow } from "#server/communities/view.ts";
import type { Tx } from "#server/db/sql.ts";

const memberColumns = (tx: Tx) => tx`m.person_id, m.role, m.visible_from_seq, m.joined_at, m.left_at, m.rev`;

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
  to: { rev: number; role: Member["role"]; left: boolean },
): Promise<MemberRow> {
  const [row] = await tx<MemberRow[]>`
    update memberships m set rev = ${to.rev}, role = ${to.role}, left_at = case when ${to.left} then now() end
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
    order by (m.role = 'owner') desc, m.joined_at, m.person_id
  `;
}
