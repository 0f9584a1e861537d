import type {
  Invite,
  InviteCreateInput,
  InviteCreateOutput,
  InviteList,
  InviteRef,
  InviteUses,
  InviteUsesInput,
} from "#contracts/invites.ts";
import { limits } from "#contracts/limits.ts";
import { authorizeMember } from "#server/communities/authorize.ts";
import { hashOfCode, newCode } from "#server/communities/invites/code.ts";
import * as store from "#server/communities/invites/store.ts";
import { authorizePermission } from "#server/communities/rights.ts";
import { readRights } from "#server/communities/roles/store.ts";
import { beginChanges } from "#server/conversations/ledger.ts";
import { snapshot, type Tx, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { toPerson } from "#server/people/view.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

const toInvite = (row: store.InviteRow): Invite => ({
  id: row.inviteId,
  label: row.label,
  creator: toPerson(row),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  maxUses: row.maxUses,
  uses: row.uses,
});

/**
 * Makes a link into a community, and answers its code, which is stored nowhere. Refuses `not_found`, `forbidden` where I
 * may not invite, `conversation_closed`, `invites_limit_reached`, and `rate_limited`.
 */
export async function createInvite(me: Me, input: InviteCreateInput): Promise<InviteCreateOutput> {
  const { communityId, label = "", seconds = null, maxUses = null } = input;
  await consumeRateLimit(`invite:${me.personId}`, rates.invite);
  return transaction(async (tx) => {
    await beginChanges(tx, communityId);
    await authorizePermission(tx, me, communityId, "invite");
    const max = limits.invites;
    if ((await store.countInvites(tx, communityId)) >= max) throw new Refusal("invites_limit_reached", { max });
    const code = newCode();
    const made = { communityId, codeHash: hashOfCode(code), creatorId: me.personId, label, seconds, maxUses };
    const inviteId = await store.insertInvite(tx, made);
    const [row] = await store.readInvites(tx, communityId, { inviteId }, 1);
    if (!row) throw new Error("the invite was not stored");
    return { invite: toInvite(row), code };
  });
}

/** Whose links I see and revoke: all with change_facts, else those that I made. Refuses `not_found`. */
async function mineOf(tx: Tx, me: Me, communityId: string): Promise<{ creatorId?: string }> {
  await authorizeMember(tx, me, communityId);
  const rights = await readRights(tx, communityId, me.personId);
  return rights?.permissions.includes("change_facts") ? {} : { creatorId: me.personId };
}

/** The links that I may revoke. Refuses `not_found`. */
export async function listInvites(me: Me, { communityId }: { communityId: string }): Promise<InviteList> {
  return snapshot(async (tx) => {
    const of = await mineOf(tx, me, communityId);
    return { invites: (await store.readInvites(tx, communityId, of, limits.invites)).map(toInvite) };
  });
}

/** A link that I may revoke. Any other answers like one that does not exist. */
async function authorizeInvite(tx: Tx, me: Me, { communityId, inviteId }: InviteRef): Promise<void> {
  const of = { inviteId, ...(await mineOf(tx, me, communityId)) };
  if ((await store.readInvites(tx, communityId, of, 1)).length === 0) throw new Refusal("not_found");
}

/** Makes a link lead nowhere; those who came by it stay. Refuses `not_found`, also for one that was revoked. */
export async function revokeInvite(me: Me, input: InviteRef): Promise<{ done: true }> {
  return transaction(async (tx) => {
    await beginChanges(tx, input.communityId);
    await authorizeInvite(tx, me, input);
    await store.revokeInvite(tx, input.communityId, input.inviteId);
    return { done: true };
  });
}

/** Who came by a link, the latest first. Refuses `not_found`. */
export async function listInviteUses(me: Me, input: InviteUsesInput): Promise<InviteUses> {
  const { inviteId, after, limit = limits.page.default } = input;
  return snapshot(async (tx) => {
    await authorizeInvite(tx, me, input);
    const rows = await store.readUses(tx, inviteId, after ?? null, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      uses: page.map((row) => ({ person: toPerson(row), usedAt: row.usedAt.toISOString() })),
      next: last && rows.length > limit ? { usedAt: last.usedAt.toISOString(), personId: last.id } : null,
    };
  });
}
