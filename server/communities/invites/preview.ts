import type { InvitePreview } from "#contracts/invites.ts";
import { limits } from "#contracts/limits.ts";
import { hashOfCode } from "#server/communities/invites/code.ts";
import { readPreview } from "#server/communities/invites/store.ts";
import { sql } from "#server/db/sql.ts";
import { mediaBaseFor } from "#server/media/address.ts";
import { servingOf } from "#server/media/serving.ts";
import { storage } from "#server/media/storage/storage.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";

type Caller = { address: string; headers: Headers };

/**
 * What a link says to people who are not signed in: name, picture and size, and nothing else. Null alike for a code that
 * never was, was revoked, has expired or is used up, and for a dissolved community. Refuses `rate_limited`, by address.
 */
export async function previewInvite({ address, headers }: Caller, { code }: { code: string }): Promise<InvitePreview> {
  await consumeRateLimit(`invite-preview:${address}`, rates.invitePreview);
  const row = await readPreview(sql(), hashOfCode(code));
  if (!row) return { found: null };
  const { blobId, ...shown } = row;
  const expires = new Date(Date.now() + limits.fileAddressSeconds * 1_000);
  const serving = servingOf("image/webp", null);
  const picture = blobId && (await storage().variantAddress(mediaBaseFor(headers), blobId, "thumb", serving, expires));
  return { found: { ...shown, picture } };
}
