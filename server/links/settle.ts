import type { Content, Sendable } from "#contracts/kinds/index.ts";
import { sql } from "#server/db/sql.ts";
import { readPreview } from "#server/links/store.ts";
import { toCard } from "#server/links/view.ts";
import { Refusal } from "#server/refusal.ts";

/** The card is what the server fetched, whatever the sender's screen showed. Refuses `preview_missing` without one. */
export async function settleLink(draft: Extract<Sendable, { kind: "link" }>): Promise<Content> {
  const row = await readPreview(sql(), draft.url);
  const card = row && toCard(row);
  if (!card) throw new Refusal("preview_missing");
  return { ...draft, ...card };
}
