import type { Ban, Community, CommunityCard, CommunityDetail, JoinRequest, Member } from "#contracts/communities.ts";
import { type Muted, permissionsOf } from "#contracts/permissions.ts";
import type { CommunityState, JoinRequestRow } from "#server/communities/store.ts";
import { type PersonRow, toPerson } from "#server/people/view.ts";

export type CommunityRow = {
  id: string;
  number: number;
  name: string;
  icon: string;
  iconId: string | null;
  category: string;
  description: string;
  ownerId: string;
  joinPolicy: string;
  joinQuestion: string;
  historyVisibleToNewMembers: boolean;
};

export function toCommunity(row: CommunityRow): Community {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    icon: row.icon,
    iconId: row.iconId,
    category: row.category as Community["category"], // written through the same enum
    description: row.description,
    ownerId: row.ownerId,
    joinPolicy: row.joinPolicy as Community["joinPolicy"], // written through the same enum
    joinQuestion: row.joinQuestion,
    historyVisibleToNewMembers: row.historyVisibleToNewMembers,
  };
}

/** How a membership row says that an admin took the word from a person. */
export type MutedRow = { muted: boolean; mutedUntil: Date | null };

export const toMuted = ({ muted, mutedUntil }: MutedRow): Muted =>
  muted ? { until: mutedUntil?.toISOString() ?? null } : null;

export const toRole = (role: string): Member["role"] => (role === "owner" || role === "admin" ? role : "member");

export type BanRow = PersonRow & { reason: string; until: Date | null; createdAt: Date; by: PersonRow | null };

export function toBan(row: BanRow): Ban {
  return {
    person: toPerson(row),
    reason: row.reason,
    until: row.until?.toISOString() ?? null,
    by: row.by && toPerson(row.by),
    createdAt: row.createdAt.toISOString(),
  };
}

export type MemberRow = MutedRow & {
  personId: string;
  role: string;
  roleIds: string[];
  visibleFromSeq: number;
  joinedAt: Date;
  leftAt: Date | null;
  rev: number;
};

export function toMember(row: MemberRow): Member {
  return {
    personId: row.personId,
    role: toRole(row.role),
    roleIds: row.roleIds,
    muted: toMuted(row),
    visibleFromSeq: row.visibleFromSeq,
    joinedAt: row.joinedAt.toISOString(),
    leftAt: row.leftAt?.toISOString() ?? null,
    rev: row.rev,
  };
}

export function toCommunityDetail(row: CommunityState & { myRole: Member["role"] }): CommunityDetail {
  const roleIds = row.roleIds ?? [];
  const permissions = permissionsOf({ role: row.myRole, roleIds }, row.rules, row.joinPolicy);
  return {
    community: toCommunity(row),
    memberCount: row.memberCount,
    role: row.myRole,
    roleIds,
    rules: row.rules,
    mayInvite: row.closedAt === null && permissions.includes("invite"),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

export function toCommunityCard(row: CommunityState): CommunityCard {
  return {
    community: toCommunity(row),
    memberCount: row.memberCount,
    relation: row.myRole ? "member" : row.requested ? "requested" : "none",
  };
}

export function toJoinRequest(row: JoinRequestRow, viewerId: string): JoinRequest {
  return {
    community: toCommunity(row.community),
    person: toPerson(row),
    direction: row.id === viewerId ? "sent" : "received",
    note: row.note,
    status: row.status as JoinRequest["status"], // written through the same enum
    createdAt: row.createdAt.toISOString(),
  };
}
