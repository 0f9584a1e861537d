import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";

export type ModeratorAction =
  | "admin_named"
  | "admin_ended"
  | "roles_given"
  | "member_removed"
  | "member_muted"
  | "mute_lifted"
  | "person_banned"
  | "ban_lifted"
  | "message_removed";

/** Keeps who did it, in the transaction that does it. */
export async function recordAction(
  tx: Tx,
  me: Me,
  communityId: string,
  { action, personId = null, seq = null }: { action: ModeratorAction; personId?: string | null; seq?: number | null },
): Promise<void> {
  await tx`
    insert into community_actions (community_id, actor_id, action, person_id, seq)
    values (${communityId}, ${me.personId}, ${action}, ${personId}, ${seq})
  `;
}

export type WriteRules = { mutedAll: boolean; slowSeconds: number };

/** Who may write, and how often. `send_messages` reads it with the conversation that it locks. */
export async function writeWriteRules(tx: Tx, id: string, { mutedAll, slowSeconds }: WriteRules): Promise<void> {
  await tx`update conversations set muted_all = ${mutedAll}, slow_seconds = ${slowSeconds} where id = ${id}`;
}
