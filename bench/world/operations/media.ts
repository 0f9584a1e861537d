/** Files, stickers, link previews and coins. */
import { randomBytes, randomUUID } from "node:crypto";
import { type Operations, range } from "#bench/world/operations/operation.ts";
import { sql } from "#server/db/sql.ts";
import { claimPreview, isPreviewWanted, readPreview } from "#server/links/store.ts";
import { readReady, readStanding, readVisible } from "#server/media/access/store.ts";
import { deleteFile, insertFile, insertParts, isAttached, readUsage } from "#server/media/store.ts";
import { installPack } from "#server/stickers/install-pack.ts";
import { listStickers } from "#server/stickers/list.ts";
import { removePack } from "#server/stickers/remove-pack.ts";
import { readUsableSticker } from "#server/stickers/store.ts";
import { getWallet } from "#server/wallet/get.ts";
import { getPacket } from "#server/wallet/get-packet.ts";
import { walletHistory } from "#server/wallet/history.ts";
import { openPacket } from "#server/wallet/open-packet.ts";
import { sendPacket } from "#server/wallet/send-packet.ts";

export const mediaOperations: Operations = {
  "see my file": ({ me, id }) => readVisible(sql(), me(7).personId, id("file", 7)),
  "see the file of a message": ({ me, id }) => readVisible(sql(), me(8).personId, id("file", 7)),
  "do not see the file of strangers": ({ me, id }) => readVisible(sql(), me(30).personId, id("file", 7)),
  "go on reading files": ({ me, id }) =>
    readStanding(
      sql(),
      range(0, 20).map((n) => ({ ...me(n * 2 + 2), fileId: id("file", n * 2 + 1), blobId: id("file", n * 2 + 1) })),
    ),
  "attach files": ({ me, id }) => readReady(sql(), me(7).personId, [id("file", 7), id("file", 9)]),
  "begin and cancel an upload": async ({ me }) => {
    const { personId: ownerId } = me(7);
    const id = randomUUID();
    const file = { id, ownerId, purpose: "file" as const, name: "a", bytes: 1, sha256: randomBytes(32), partBytes: 1 };
    await readUsage(sql(), ownerId);
    await insertFile(sql(), { ...file, storageUploadId: "", blobId: null });
    await insertParts(sql(), id, [{ n: 1, etag: "" }]);
    await isAttached(sql(), id);
    await deleteFile(sql(), id);
  },
  "list stickers": ({ me }) => listStickers(me(7)),
  "send a sticker": ({ me, id }) => readUsableSticker(sql(), me(7).personId, id("sticker", 41)),
  "install and remove a pack": async ({ me, id }) => {
    await installPack(me(7), { packId: id("pack", 2) });
    await removePack(me(7), { packId: id("pack", 2) });
  },
  "preview a link": async ({ world }) => {
    const url = `https://example.com/${world.first + 1}`;
    await readPreview(sql(), url);
    await isPreviewWanted(sql(), url, 1);
    await claimPreview(sql(), url, 1);
  },
  "look into my wallet": async ({ me }) => {
    await getWallet(me(7));
    await walletHistory(me(7), {});
  },
  "send and open a red packet": async ({ me, id }) => {
    const conversationId = id("community", 1);
    const packet = {
      conversationId,
      clientId: randomUUID(),
      split: "equal" as const,
      total: 2,
      shares: 2,
      greeting: "",
    };
    const { message } = await sendPacket(me(7), packet);
    const { content } = message;
    if (!("packetId" in content) || typeof content.packetId !== "string") throw new Error("no packet was sent");
    await openPacket(me(8), { packetId: content.packetId });
    await getPacket(me(8), { packetId: content.packetId });
  },
};
