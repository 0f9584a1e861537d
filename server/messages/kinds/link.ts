import { shows } from "#contracts/messages/kinds/link.ts";
import { sql } from "#server/db/sql.ts";
import { readPreview } from "#server/links/store.ts";
import { toCard } from "#server/links/view.ts";
import { checkMentions } from "#server/messages/kinds/text.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * The card is what the server fetched, whatever the sender's screen showed, and of an address that readers see in the
 * text: a card under "https://mybank.example" leads nowhere else. Refuses `address_not_in_text` and `no_preview`.
 */
export const resolveLink: ResolveDraft<"link"> = async ({ me, conversationId, draft }) => {
  await checkMentions(sql(), me, conversationId, draft);
  if (!shows(draft.text, draft.url)) throw new Refusal("address_not_in_text");
  const row = await readPreview(sql(), draft.url);
  const card = row && toCard(row);
  if (!card) throw new Refusal("no_preview");
  return { ...draft, ...card };
};
