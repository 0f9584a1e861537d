/** What concerns a community. */
import { randomUUID } from "node:crypto";
import { everyone, inside, none, ownerOnly, type Row, row } from "#tests/authorisation/_row.ts";
import type { World } from "#tests/authorisation/_world.ts";

const community = ({ communityId }: World) => ({ communityId });
/** What the owner alone has: others are told what is told of what does not exist. */
const ownersOwn = "– × × × × × ✓";

const newRole = { name: "Guides", permissions: ["pin" as const] };

export const communityRows: Row[] = [
  row("communities.create", "mine", everyone, () => ({ name: "Boats" })),
  row("communities.list", "mine", everyone),
  row("communities.find", "none", everyone, () => ({ number: 9_999_999 })),
  row("communities.findByInvite", "with the code", everyone, ({ inviteCode }) => ({ code: inviteCode })),
  row("communities.get", "the community", inside, community),
  row("communities.members", "the community", inside, community),
  row("communities.join", "with approval", "– ✓ ✓ ✓ community_banned ✓ ✓", community),
  row("communities.join", "with the code", "– ✓ ✓ ✓ community_banned ✓ ✓", ({ communityId, inviteCode }) => ({
    communityId,
    inviteCode,
  })),
  row("communities.join", "none", none, () => ({ communityId: randomUUID() })),
  row(
    "communities.withdrawJoin",
    "mine",
    "– request_not_found ✓ request_not_found request_not_found request_not_found request_not_found",
    community,
  ),
  row("communities.leave", "the community", "– × × × × ✓ owner_must_transfer", community),
  row("communities.update", "the community", ownerOnly, ({ communityId }) => ({ communityId, name: "Sails" })),
  row("communities.previewInvite", "with the code", "✓ ✓ ✓ ✓ ✓ ✓ ✓", ({ inviteCode }) => ({ code: inviteCode })),
  row("communities.createInvite", "the community", ownerOnly, community),
  row("communities.invites", "the community", inside, community),
  row("communities.inviteUses", "the owner's link", ownersOwn, ({ communityId, inviteId }) => ({
    communityId,
    inviteId,
  })),
  row("communities.revokeInvite", "the owner's link", ownersOwn, ({ communityId, inviteId }) => ({
    communityId,
    inviteId,
  })),
  row("communities.addFriend", "the owner's friend", ownerOnly, ({ communityId, friend }) => ({
    communityId,
    personId: friend.personId,
  })),
  row("communities.banned", "the community", ownerOnly, community),
  row("communities.dissolve", "the community", ownerOnly, community),
  row("communities.createRole", "the community", ownerOnly, (world) => ({
    ...newRole,
    ...community(world),
    roleId: randomUUID(),
  })),
  row("communities.updateRole", "none", "– × × × × forbidden role_not_found", (world) => ({
    ...newRole,
    ...community(world),
    roleId: randomUUID(),
  })),
  row("communities.deleteRole", "none, which is no change", ownerOnly, (world) => ({
    ...community(world),
    roleId: randomUUID(),
  })),
  row("communities.orderRoles", "none", ownerOnly, (world) => ({ ...community(world), roleIds: [] })),
  row("communities.changeRules", "the community", ownerOnly, (world) => ({ ...community(world), slowSeconds: 0 })),
  ...(
    [
      ["communities.giveRoles", { roleIds: [] }],
      ["communities.nameAdmin", { admin: true }],
      ["communities.muteMember", { muted: null }],
    ] as const
  ).map(([path, more]) =>
    row(path, "the member", ownerOnly, (world, actor) => ({
      ...community(world),
      ...more,
      personId: world.people[actor === "member" ? "owner" : "member"].personId,
    })),
  ),
  ...(
    [
      ["communities.removeMember", "member"],
      ["communities.ban", "member"],
      ["communities.liftBan", "banned"],
      ["communities.acceptJoin", "invited"],
      ["communities.refuseJoin", "invited"],
      ["communities.handOver", "member"],
    ] as const
  ).map(([path, subject]) =>
    row(path, `the ${subject}`, ownerOnly, ({ communityId, people }, actor) => ({
      communityId,
      // No one is their own subject: that has an answer of its own.
      personId: people[actor === subject ? "owner" : subject].personId,
    })),
  ),
];
