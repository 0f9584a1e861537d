import type { LinkPreview } from "#contracts/links.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { addJob } from "#server/jobs/add-job.ts";
import { claimPreview, isPreviewWanted, readPreview } from "#server/links/store.ts";
import { toCard } from "#server/links/view.ts";
import type { Me } from "#server/me.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";

/** Pages change, and what was gone may be back. */
const hours = 24;

/**
 * Answers what the page at `url` says of itself. The first call has a job fetch it (state `pending`); callers ask again
 * until the state is `ready`. Refuses `rate_limited`, because each fetch is an outbound request of this machine.
 */
export async function previewLink(me: Me, url: string): Promise<LinkPreview> {
  // The rate is taken first: it needs a connection of its own.
  if (await isPreviewWanted(sql(), url, hours)) {
    await consumeRateLimit(`preview:${me.personId}`, rates.preview);
    await transaction(async (tx) => {
      if (!(await claimPreview(tx, url, hours))) return; // another call was faster
      await addJob(tx, "links:preview", { url }, { key: `links:preview ${url}`, attempts: 2 });
    });
  }
  const row = await readPreview(sql(), url);
  if (!row?.fetchedAt) return { state: "pending", card: null };
  return { state: "ready", card: toCard(row) };
}
