import { limits } from "#contracts/limits.ts";
import type { Reason } from "#contracts/refusals.ts";
import { type PackInfo, packInfo, sameAsset } from "#contracts/stickers.ts";

/** A picked sticker pack: its `info.json`, and a file for each name in it. Retrying adds the same pack by its id. */
export type PickedPack = { packId: string; info: PackInfo; files: { asset: string; file: File }[] };

/** Extra files are ignored. Throws a refusal when files are missing or too large, or when it is not a pack. */
export async function readPack(picked: readonly File[]): Promise<PickedPack | { refused: Reason }> {
  const described = picked.find(({ name }) => name.toLowerCase() === "info.json");
  // A list of 120 names is a few kilobytes.
  if (!described || described.size > 100_000) return { refused: "invalid_pack" };
  let said: unknown;
  try {
    said = JSON.parse(await described.text());
  } catch {
    return { refused: "invalid_pack" };
  }
  const info = packInfo.safeParse(said);
  if (!info.success) return { refused: "invalid_pack" };
  const byName = new Map(picked.map((file) => [sameAsset(file.name), file]));
  const wanted = new Map([info.data.icon, ...info.data.assets].map((asset) => [sameAsset(asset), asset]));
  const files: PickedPack["files"] = [];
  for (const [name, asset] of wanted) {
    const file = byName.get(name);
    if (!file) return { refused: "invalid_pack" };
    if (file.size > limits.fileBytes.sticker) return { refused: "sticker_too_large" };
    files.push({ asset, file });
  }
  return { packId: crypto.randomUUID(), info: info.data, files };
}
