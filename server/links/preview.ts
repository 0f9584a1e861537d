import type { LinkPreview } from "#contracts/links.ts";
import { transaction } from "#server/db/sql.ts";
import { addJob } from "#server/jobs/store.ts";
import { claimPreview, readPreview } from "#server/links/store.ts";
import { toCard } from "#server/links/view.ts";
import type { Me } from "#server/me.ts";
import { rates, spend } from "#server/rate.ts";

/** Pages change, and what was gone may be back. */
const hours = 24;

/**
 * What an address says of itself. The first who asks has it fetched, by a job; everyone asks again until it is there.
 * Refuses `too_fast`: it makes our machine ask somebody else's.
 */
export async function previewLink(me: Me, url: string): Promise<LinkPreview> {
  return transaction(async (tx) => {
    if (await claimPreview(tx, url, hours)) {
      await spend(`preview:${me.personId}`, rates.preview);
      await addJob(tx, "links:preview", { url }, { key: `links:preview ${url}`, attempts: 2 });
    }
    const row = await readPreview(tx, url);
    if (!row?.fetchedAt) return { state: "pending", card: null };
    return { state: "ready", card: toCard(row) };
  });
}
