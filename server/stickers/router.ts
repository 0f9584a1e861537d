import { done } from "#contracts/accounts.ts";
import * as contract from "#contracts/stickers.ts";
import { addPack } from "#server/stickers/add-pack.ts";
import { favouriteSticker } from "#server/stickers/favourite.ts";
import { getPack } from "#server/stickers/get-pack.ts";
import { installPack } from "#server/stickers/install-pack.ts";
import { listStickers } from "#server/stickers/list.ts";
import { removePack } from "#server/stickers/remove-pack.ts";
import { unfavouriteSticker } from "#server/stickers/unfavourite.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const stickersRouter = router({
  /** The packs in my panel with their stickers, ours included, and my favourites. */
  list: procedure.output(contract.stickerList).query(({ ctx }) => listStickers(ctx.me)),

  /** Any pack, by its id, as a message names it. */
  pack: procedure
    .input(contract.packInput)
    .output(contract.stickerPack)
    .query(({ ctx, input }) => getPack(ctx.me, input)),

  /** Makes a pack of uploaded files (purpose `sticker`) and an `info.json` in the format of doutu. */
  addPack: procedure
    .input(contract.packAddInput)
    .output(contract.stickerPack)
    .mutation(({ ctx, input }) => addPack(ctx.me, input)),

  /** Takes a pack into my panel. */
  installPack: procedure
    .input(contract.packInput)
    .output(done)
    .mutation(({ ctx, input }) => installPack(ctx.me, input)),

  /** Takes a pack out of my panel; messages keep their pictures. */
  removePack: procedure
    .input(contract.packInput)
    .output(done)
    .mutation(({ ctx, input }) => removePack(ctx.me, input)),

  /** Puts a sticker of any pack among my favourites; favourites may be sent whatever their pack. */
  favourite: procedure
    .input(contract.stickerInput)
    .output(done)
    .mutation(({ ctx, input }) => favouriteSticker(ctx.me, input)),

  /** Takes a sticker out of my favourites. */
  unfavourite: procedure
    .input(contract.stickerInput)
    .output(done)
    .mutation(({ ctx, input }) => unfavouriteSticker(ctx.me, input)),
});
