import * as contract from "#contracts/folders.ts";
import { createFolder, deleteFolder, orderFolders, renameFolder } from "#server/conversations/folders/change.ts";
import { fileConversation } from "#server/conversations/folders/file.ts";
import { listFolders } from "#server/conversations/folders/list.ts";
import { procedure, router } from "#server/trpc/init.ts";

/** Served over HTTP alone: folders change rarely. */
export const foldersRouter = router({
  /** My folders, in my order, with the conversations in each. */
  folders: procedure.output(contract.folderList).query(({ ctx }) => listFolders(ctx.me)),

  /** Adds a folder. */
  createFolder: procedure
    .input(contract.folderNameInput)
    .output(contract.foldersOutput)
    .mutation(({ ctx, input }) => createFolder(ctx.me, input)),

  /** Gives a folder another name. */
  renameFolder: procedure
    .input(contract.folderNameInput)
    .output(contract.foldersOutput)
    .mutation(({ ctx, input }) => renameFolder(ctx.me, input)),

  /** Deletes a folder, not the conversations in it. */
  deleteFolder: procedure
    .input(contract.folderRef)
    .output(contract.foldersOutput)
    .mutation(({ ctx, input }) => deleteFolder(ctx.me, input)),

  /** Puts my folders in an order. */
  orderFolders: procedure
    .input(contract.folderOrderInput)
    .output(contract.foldersOutput)
    .mutation(({ ctx, input }) => orderFolders(ctx.me, input)),

  /** Puts a conversation into a folder, or takes it out. */
  fileConversation: procedure
    .input(contract.folderFileInput)
    .output(contract.folderFileOutput)
    .mutation(({ ctx, input }) => fileConversation(ctx.me, input)),
});
