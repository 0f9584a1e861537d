import type { Positions, PositionsInput } from "#contracts/messages/search.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { readConversationHead } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readPositions } from "#server/messages/search/store.ts";

/** Where times stand among the messages that I may read of a conversation. Refuses `not_found`. */
export async function getPositions(me: Me, { conversationId, times }: PositionsInput): Promise<Positions> {
  return snapshot(async (tx) => {
    const { visibleFromSeq } = await authorizeMember(tx, me, conversationId);
    const { lastSeq } = await readConversationHead(tx, conversationId);
    const rising = [...times].sort();
    const seqs = await readPositions(tx, { conversationId, from: visibleFromSeq, to: lastSeq, times: rising });
    return { seqs, firstSeq: visibleFromSeq, lastSeq };
  });
}
