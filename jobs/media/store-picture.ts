import type { Picture } from "#jobs/media/pictures.ts";
import { sql } from "#server/db/sql.ts";
import { storage } from "#server/media/storage/storage.ts";
import { type BlobRow, insertBlob } from "#server/media/store.ts";

/** Puts all variants of a picture where they are served from, and answers the row that will say so. */
export async function storePicture(id: string, { type, metadata, variants }: Picture): Promise<BlobRow> {
  for (const [variant, bytes] of Object.entries(variants)) {
    await storage().putVariant(id, variant, bytes, variant === "original" ? type : "image/webp");
  }
  return { id, mediaKind: "image", type, bytes: variants.original.length, metadata };
}

/**
 * Stores a picture without an owner, made from bytes with this hash; returns its blob, or the one that a concurrent
 * call stored.
 */
export async function storeOwnPicture(picture: Picture, sha256: Buffer): Promise<string> {
  const blob = await storePicture(crypto.randomUUID(), picture);
  const kept = await insertBlob(sql(), { ...blob, ownerId: null, sha256 });
  if (kept !== blob.id) await storage().dropBlob(blob.id);
  return kept;
}
