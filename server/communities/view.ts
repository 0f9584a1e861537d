import type { Community, CommunityCard, CommunityDetail, JoinRequest, Member } from "#contracts/communities.ts";
import type { CommunityState, JoinRequestRow } from "#server/communities/store.ts";
import { toPerson } from "#server/people/view.ts";

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
    historyVisibleToNewMembers: row.historyVisibleToNewMembers,
  };
}

export type MemberRow = {
  personId: string;
  role: string;
  visibleFromSeq: number;
  joinedAt: Date;
  leftAt: Date | null;
  rev: number;
};

export function toMember(row: MemberRow): Member {
  return {
    personId: row.personId,
    role: row.role === "owner" ? "owner" : "member",
    visibleFromSeq: row.visibleFromSeq,
    joinedAt: row.joinedAt.toISOString(),
    leftAt: row.leftAt?.toISOString() ?? null,
    rev: row.rev,
  };
}

export function toCommunityDetail(row: CommunityState & { myRole: "owner" | "member" }): CommunityDetail {
  const mayInvite = row.myRole === "owner" || row.joinPolicy === "open";
  return {
    community: toCommunity(row),
    memberCount: row.memberCount,
    role: row.myRole,
    inviteCode: mayInvite && !row.closedAt ? row.inviteCode : null,
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
