import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { builtinPackInfo, sizeOfPack } from "#contracts/stickers.ts";
import { storeOwnPicture } from "#jobs/media/store-picture.ts";
import { drawDeadlineMs } from "#jobs/sandbox/deadlines.ts";
import { inSandbox } from "#jobs/sandbox/pool.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { insertFile } from "#server/media/store.ts";
import { findOwnFile, type OwnPack, writeOwnPack } from "#server/stickers/store.ts";

/** The folders of `stickers/`. */
const builtinPacks = { mantou: "Mantou", jiaozi: "Jiaozi" } as const;

/** What the panel shows largest is 136 pixels, on screens of twice as many. */
const side = 256;

/**
 * Brings the packs that come with the product into storage, as pictures: the drawings never leave this machine. A
 * drawing that is there already, by its hash, is not drawn again, so doing this at every start costs a few reads.
 */
export async function installBuiltinPacks(directory = path.resolve("stickers")): Promise<void> {
  for (const [key, name] of Object.entries(builtinPacks)) {
    const folder = path.join(directory, key);
    const info = builtinPackInfo.parse(JSON.parse(await readFile(path.join(folder, "info.json"), "utf8")));
    const files = new Map<string, string>();
    for (const asset of new Set([info.icon, ...info.assets])) {
      files.set(asset, await fileFor(await readFile(path.join(folder, asset)), asset));
    }
    const fileOf = (asset: string) => files.get(asset) ?? "";
    const stickers = info.assets.map((asset) => ({ key: asset.replace(/\.svg$/, ""), fileId: fileOf(asset) }));
    const pack: OwnPack = { key, name, size: sizeOfPack[info.size], iconFileId: fileOf(info.icon), stickers };
    await transaction((tx) => writeOwnPack(tx, pack));
  }
}

/** The bytes are in storage before any row says so. */
async function fileFor(drawing: Buffer, name: string): Promise<string> {
  const sha256 = createHash("sha256").update(drawing).digest();
  const known = await findOwnFile(sql(), sha256);
  if (known) return known;
  const blobId = await storeOwnPicture(await inSandbox("draw", { drawing, side }, drawDeadlineMs), sha256);
  const id = crypto.randomUUID();
  const bytes = drawing.length;
  const file = { id, ownerId: null, purpose: "sticker" as const, name, bytes, sha256, partBytes: bytes };
  await insertFile(sql(), { ...file, storageUploadId: "", blobId });
  return id;
}
