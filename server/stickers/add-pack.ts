import { limits } from "#contracts/limits.ts";
import { type PackAddInput, type StickerPack, sameAsset, sizeOfPack } from "#contracts/stickers.ts";
import { type Tx, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { type ReadyFile, readReady } from "#server/media/access/store.ts";
import { readFilesOf } from "#server/media/store.ts";
import { lockPeople } from "#server/people/store.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";
import { authorizePack } from "#server/stickers/authorize.ts";
import { countPacks, insertKept, insertPack, readPack } from "#server/stickers/store.ts";

/**
 * Makes a pack of files that I uploaded as stickers, and keeps it. The same `packId` again answers the pack that is
 * there. Refuses `invalid_pack` (a file of `info` has no upload, or an upload is not in `info`), `file_not_ready`
 * (not mine, not there yet, or not a sticker), `sticker_too_large`, `packs_limit_reached`, `rate_limited`, and `not_found` for the
 * id of another person's pack.
 */
export async function addPack(me: Me, input: PackAddInput): Promise<StickerPack> {
  const { packId } = input;
  const fileFor = matchFiles(input);
  await consumeRateLimit(`pack:${me.personId}`, rates.pack);
  return transaction(async (tx) => {
    // Two packs at once must not both be the twentieth.
    await lockPeople(tx, [me.personId]);
    const known = await readPack(tx, me.personId, packId);
    if (known && known.ownerId !== me.personId) throw new Refusal("not_found");
    if (!known) await make(tx, me, input, fileFor);
    return authorizePack(tx, me, packId);
  });
}

async function make(tx: Tx, me: Me, input: PackAddInput, fileFor: (asset: string) => string): Promise<void> {
  const { packId, info, name } = input;
  const labels = new Map(Object.entries(input.labels ?? {}).map(([asset, label]) => [sameAsset(asset), label]));
  await allow(tx, me, Object.values(input.files));
  await insertPack(tx, {
    id: packId,
    key: info.id,
    name,
    ownerId: me.personId,
    size: sizeOfPack[info.size],
    iconFileId: fileFor(info.icon),
    stickers: info.assets.map((asset) => ({
      key: stem(asset),
      label: labels.get(sameAsset(asset)) ?? firstOf(stem(asset)),
      fileId: fileFor(asset),
    })),
  });
  await insertKept(tx, me.personId, packId);
}

const stem = (asset: string) => asset.replace(/\.[^.]+$/, "").normalize("NFC");

/** Whole characters of a name, as many as a label may have. */
const firstOf = (name: string) => Array.from(name).slice(0, limits.stickers.label).join("");

/** Each name has its file, and no file comes without a name. */
function matchFiles({ info, files }: PackAddInput): (asset: string) => string {
  const given = new Map(Object.entries(files).map(([asset, fileId]) => [sameAsset(asset), fileId]));
  const wanted = new Set([info.icon, ...info.assets].map(sameAsset));
  if (given.size !== wanted.size || Object.keys(files).length !== given.size) throw new Refusal("invalid_pack");
  // "a.png" and "a.gif" are two files, and would be one sticker.
  if (new Set(info.assets.map((asset) => sameAsset(stem(asset)))).size < info.assets.length) {
    throw new Refusal("invalid_pack");
  }
  return (asset) => {
    const fileId = given.get(sameAsset(asset));
    if (fileId === undefined) throw new Refusal("invalid_pack");
    return fileId;
  };
}

async function allow(tx: Tx, me: Me, fileIds: readonly string[]): Promise<void> {
  const { own, installed } = await countPacks(tx, me.personId);
  if (own >= limits.stickers.madePacks || installed >= limits.stickers.installedPacks)
    throw new Refusal("packs_limit_reached");
  const ids = [...new Set(fileIds)];
  const mine = await readFilesOf(tx, me.personId, ids);
  const ready = (await readReady(tx, me.personId, ids)).filter(({ purpose }) => purpose === "sticker");
  // Built-in stickers are ready too, but may not be put into a person's pack.
  if (Math.min(mine.length, ready.length) < ids.length) throw new Refusal("file_not_ready");
  if (ready.some(isTooLarge)) throw new Refusal("sticker_too_large");
}

function isTooLarge({ bytes, metadata: { width = 0, height = 0 } }: ReadyFile): boolean {
  return bytes > limits.stickers.servedBytes || Math.max(width, height) > limits.stickers.side;
}
