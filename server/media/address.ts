import { limits } from "#contracts/limits.ts";
import type { Variant } from "#contracts/media.ts";
import { isHttps } from "#server/auth/address.ts";
import { sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { readVisible } from "#server/media/access/store.ts";
import { signFileUrl } from "#server/media/file-url.ts";
import { servingOf } from "#server/media/serving.ts";
import { storage } from "#server/media/storage/storage.ts";
import { Refusal } from "#server/refusal.ts";

export type Wanted = { fileId: string; variant: Variant; download?: boolean | undefined };

/**
 * Where the bytes of a file are. `display` and `thumb` of what is no picture are the original. The address names me and
 * my session, and the media server asks at each use whether I may still read the file; what everybody may see has one
 * that needs no permission check and lasts minutes. Videos and audio keep theirs for hours: a browser seeks in the
 * address that it was led to. Refuses `not_found` for what I may not see.
 */
export async function fileAddress(me: Me, { fileId, variant, download }: Wanted, base: string) {
  const file = await readVisible(sql(), me.personId, fileId);
  if (!file) throw new Refusal("not_found");
  const has = variant === "original" || file.metadata.variants?.includes(variant);
  const type = has && variant !== "original" ? "image/webp" : file.type;
  // What is not shown is a download under its own name; what is shown only when that was asked for.
  const name = download || file.mediaKind === "file" ? file.name : null;
  const isPlayed = name === null && (file.mediaKind === "video" || file.mediaKind === "voice");
  const seconds = isPlayed ? limits.recordingAddressSeconds : limits.fileAddressSeconds;
  const expires = new Date(Date.now() + seconds * 1_000);
  const serving = servingOf(file.mediaKind === "file" ? "" : type, name);
  const { blobId } = file;
  const shown = has ? variant : "original";
  const url = file.isOpen
    ? await storage().variantAddress(base, blobId, shown, serving, expires)
    : signFileUrl(base, { blobId, variant: shown, serving, reading: { ...me, fileId, blobId }, expires });
  return { url, expiresAt: expires.toISOString() };
}

/** MEDIA_URL, else the host that the request came to, with JOBS_PORT. */
export function mediaBaseFor(headers: Headers): string {
  const { mediaUrl, jobsPort } = env();
  if (mediaUrl) return mediaUrl.replace(/\/$/, "");
  const secure = isHttps(headers);
  const host = new URL(`http://${headers.get("host") ?? "localhost"}`).hostname;
  return `${secure ? "https" : "http"}://${host}:${jobsPort}`;
}
