import { graphemeEdges } from "#contracts/graphemes.ts";
import { everyoneId, type Mention } from "#contracts/messages/kinds/text.ts";
import { readPermission } from "#server/communities/roles/store.ts";
import { sql, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";
import { areMembers } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

export const resolveText: ResolveDraft<"text"> = async ({ me, conversationId, draft }) => {
  await checkMentions(sql(), me, conversationId, draft);
  return draft;
};

/**
 * Ranges in order, inside the text, without overlap, of whole graphemes; people of this conversation, or all of them by
 * members of a community with the permission mention_all. Refuses `invalid_input`, `not_found`, and `forbidden` for others who mention all.
 */
export async function checkMentions(
  tx: Tx,
  me: Me,
  conversationId: string,
  { text, mentions = [] }: { text: string; mentions?: Mention[] | undefined },
): Promise<void> {
  if (mentions.length === 0) return;
  let end = 0;
  const isEdge = graphemeEdges(text);
  for (const { start, length } of mentions) {
    if (start < end || length < 1 || start + length > text.length) throw new Refusal("invalid_input");
    end = start + length;
    if (!isEdge(start) || !isEdge(end)) throw new Refusal("invalid_input");
  }
  const named = mentions.map(({ personId }) => personId).filter((id) => id !== everyoneId);
  const people = [...new Set([me.personId, ...named])];
  if (!(await areMembers(tx, conversationId, people))) throw new Refusal("not_found");
  if (named.length === mentions.length) return;
  // In a direct conversation no one has a permission.
  if (!(await readPermission(tx, conversationId, me.personId, "mention_all"))) throw new Refusal("forbidden");
}
