import { limits } from "#contracts/limits.ts";
import type { Reason } from "#contracts/refusals.ts";
import { type PackInfo, packInfo, sameAsset } from "#contracts/stickers.ts";

/** A pack as somebody picked it: its `info.json`, and a file for each name in it. A retry adds the same pack by its id. */
export type PickedPack = { packId: string; info: PackInfo; files: { asset: string; file: File }[] };

/** What is picked too much is left out; what is missing, too large or not a pack is said. */
export async function readPack(picked: readonly File[]): Promise<PickedPack | { refused: Reason }> {
  const described = picked.find(({ name }) => name.toLowerCase() === "info.json");
  // A list of 120 names is a few kilobytes.
  if (!described || described.size > 100_000) return { refused: "pack_malformed" };
  let said: unknown;
  try {
    said = JSON.parse(await described.text());
  } catch {
    return { refused: "pack_malformed" };
  }
  const info = packInfo.safeParse(said);
  if (!info.success) return { refused: "pack_malformed" };
  const byName = new Map(picked.map((file) => [sameAsset(file.name), file]));
  const wanted = new Map([info.data.icon, ...info.data.assets].map((asset) => [sameAsset(asset), asset]));
  const files: PickedPack["files"] = [];
  for (const [name, asset] of wanted) {
    const file = byName.get(name);
    if (!file) return { refused: "pack_malformed" };
    if (file.size > limits.fileBytes.sticker) return { refused: "sticker_too_large" };
    files.push({ asset, file });
  }
  return { packId: crypto.randomUUID(), info: info.data, files };
}
