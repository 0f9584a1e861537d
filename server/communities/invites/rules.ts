import { type CommunityRules, permissionsOf } from "#contracts/permissions.ts";

type Role = "owner" | "admin" | "member";
type Community = {
  myRole: Role | null;
  roleIds: readonly string[] | null;
  rules: CommunityRules;
  joinPolicy: string;
  closedAt: Date | null;
};

const may = ({ myRole, roleIds, rules, joinPolicy }: Community, permission: "invite" | "change_facts"): boolean =>
  myRole !== null && permissionsOf({ role: myRole, roleIds: roleIds ?? [] }, rules, joinPolicy).includes(permission);

/** Whether I may invite to a community: make links, and add friends. */
export const mayInvite = (community: Community): boolean => community.closedAt === null && may(community, "invite");

/** Whether I see and revoke the links of others, too. */
export const mayManageInvites = (community: Community): boolean => may(community, "change_facts");
