import type { UseCursor } from "#contracts/invites.ts";
import type { Tx } from "#server/db/sql.ts";
import { publicColumns } from "#server/people/store.ts";
import type { PersonRow } from "#server/people/view.ts";

export type InviteRow = {
  inviteId: string;
  label: string;
  createdAt: Date;
  expiresAt: Date | null;
  maxUses: number | null;
  uses: number;
} & PersonRow;

/** Of the link `i`: it leads somewhere now. */
const isUsable = (tx: Tx) => tx`(
  i.revoked_at is null and (i.expires_at is null or i.expires_at > now()) and (i.max_uses is null or i.uses < i.max_uses))`;

export type NewInvite = {
  communityId: string;
  codeHash: Uint8Array;
  creatorId: string;
  label: string;
  seconds: number | null;
  maxUses: number | null;
};

export async function insertInvite(tx: Tx, invite: NewInvite): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into community_invites (community_id, code_hash, creator_id, label, expires_at, max_uses)
    values (${invite.communityId}, ${invite.codeHash}, ${invite.creatorId}, ${invite.label},
      now() + make_interval(secs => ${invite.seconds}::int), ${invite.maxUses})
    returning id
  `;
  if (!row) throw new Error("insert returned no invite");
  return row.id;
}

/** The links of a community that are not revoked, the latest first: all, or those that one person made. */
export async function readInvites(
  tx: Tx,
  communityId: string,
  of: { creatorId?: string; inviteId?: string },
  limit: number,
): Promise<InviteRow[]> {
  const creator = of.creatorId ? tx`and i.creator_id = ${of.creatorId}` : tx``;
  const one = of.inviteId ? tx`and i.id = ${of.inviteId}` : tx``;
  return tx<InviteRow[]>`
    select p.*, i.id as invite_id, i.label, i.created_at, i.expires_at, i.max_uses, i.uses
    from (
      select * from community_invites i
      where i.community_id = ${communityId} and i.revoked_at is null ${creator} ${one}
      order by i.id desc limit ${limit}) i
    cross join lateral (select ${publicColumns(tx)} from people p where p.id = i.creator_id offset 0) as p
    order by i.id desc
  `;
}

export async function countInvites(tx: Tx, communityId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from community_invites where community_id = ${communityId} and revoked_at is null
  `;
  return row?.count ?? 0;
}

/** The link of a community that this code opens now; the caller holds the conversation's lock. */
export async function readInviteByHash(tx: Tx, communityId: string, codeHash: Uint8Array): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    select i.id from community_invites i
    where i.code_hash = ${codeHash} and i.community_id = ${communityId} and ${isUsable(tx)}
  `;
  return row?.id ?? null;
}

/** One more has come by it. */
export async function countUse(tx: Tx, inviteId: string, personId: string): Promise<void> {
  await tx`update community_invites set uses = uses + 1 where id = ${inviteId}`;
  await tx`
    insert into community_invite_uses (invite_id, person_id) values (${inviteId}, ${personId})
    on conflict (invite_id, person_id) do update set used_at = now()
  `;
}

export async function revokeInvite(tx: Tx, communityId: string, inviteId: string): Promise<void> {
  await tx`
    update community_invites set revoked_at = now()
    where id = ${inviteId} and community_id = ${communityId} and revoked_at is null
  `;
}

/** Revokes all links of a community, or those that one person made. */
export async function revokeInvites(tx: Tx, communityId: string, creatorId: string | null): Promise<void> {
  const creator = creatorId === null ? tx`` : tx`and creator_id = ${creatorId}`;
  await tx`
    update community_invites set revoked_at = now()
    where community_id = ${communityId} and revoked_at is null ${creator}
  `;
}

/** Who came by a link, the latest first. */
export async function readUses(tx: Tx, inviteId: string, after: UseCursor | null, limit: number) {
  const from = after ? tx`and (used_at, person_id) < (${after.usedAt}, ${after.personId})` : tx``;
  return tx<(PersonRow & { usedAt: Date })[]>`
    select p.*, u.used_at
    from (
      select person_id, used_at from community_invite_uses where invite_id = ${inviteId} ${from}
      order by used_at desc, person_id desc limit ${limit}) as u
    cross join lateral (select ${publicColumns(tx)} from people p where p.id = u.person_id offset 0) as p
    order by u.used_at desc, u.person_id desc
  `;
}

/** The community that a code leads to now. */
export async function readCommunityOfCode(tx: Tx, codeHash: Uint8Array): Promise<string | null> {
  const [row] = await tx<{ communityId: string }[]>`
    select i.community_id from community_invites i where i.code_hash = ${codeHash} and ${isUsable(tx)}
  `;
  return row?.communityId ?? null;
}

/** What a link shows to strangers. */
export async function readPreview(tx: Tx, codeHash: Uint8Array) {
  const [row] = await tx<{ id: string; name: string; icon: string; blobId: string | null; memberCount: number }[]>`
    select k.id, k.name, k.icon, c.member_count, (select f.blob_id from files f where f.id = k.icon_id) as blob_id
    from communities k join conversations c on c.id = k.id
    where c.closed_at is null
      and k.id = (select i.community_id from community_invites i where i.code_hash = ${codeHash} and ${isUsable(tx)})
  `;
  return row ?? null;
}

/** How friends may add a person to communities. */
export async function readAddedBy(tx: Tx, personId: string): Promise<string> {
  const [row] = await tx<{ addedBy: string }[]>`select added_by from people where id = ${personId}`;
  return row?.addedBy ?? "nobody";
}
