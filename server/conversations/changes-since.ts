import type { Change, ChangesSince } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { readChanges, toChange } from "#server/conversations/changes.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";

/**
 * The rows of one conversation that changed after `rev`, in rev order, with the head from the same
 * snapshot. Answers `reset` when the client is more than `limits.changes.reset` changes behind. Messages below my
 * `visibleFromSeq` are left out; the head still counts them.
 */
export async function changesSince(me: Me, input: { conversationId: string; rev: number }): Promise<ChangesSince> {
  return snapshot(async (tx) => {
    const membership = await authorizeMember(tx, me, input.conversationId);
    const { conversationId, rev } = input;
    const { head, rows, complete } = await readChanges(tx, conversationId, rev, limits.changes.page, me.personId);
    if (head.rev - input.rev > limits.changes.reset) return { reset: true, changes: [], nextRev: null, head };
    const visible = rows.filter((row) => !row.message || row.message.seq >= membership.visibleFromSeq);
    const changes: Change[] = visible.map((row) =>
      toChange({ ...row, reactions: row.reactions?.length ? row.reactions : undefined }),
    );
    return { reset: false, changes, nextRev: complete ? null : (rows.at(-1)?.rev ?? head.rev), head };
  });
}
