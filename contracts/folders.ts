import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, id, nameLine } from "#contracts/text.ts";

const folderName = nameLine(limits.folderName.max);

/** A folder without what is in it. */
export const folderHead = z.object({ id, name: z.string() });
export type FolderHead = z.infer<typeof folderHead>;

/** A folder of mine for conversations of my list; `conversationIds` rising. One conversation may be in several. */
const folder = z.object({ id, name: z.string(), conversationIds: z.array(id) });
export type Folder = z.infer<typeof folder>;

/** In my order; `rev` is mine. */
export const folderList = z.object({ rev: count, folders: z.array(folder) });
export type FolderList = z.infer<typeof folderList>;

export const folderRef = z.object({ folderId: id });
export type FolderRef = z.infer<typeof folderRef>;
/** `folderId` is of the device's choice, and the same when it asks again. */
export const folderNameInput = z.object({ folderId: id, name: folderName });
export type FolderNameInput = z.infer<typeof folderNameInput>;
/** The order of those that are named; the others come after them, as they were. */
export const folderOrderInput = z.object({ folderIds: z.array(id).check(z.maxLength(limits.folders)) });
export type FolderOrderInput = z.infer<typeof folderOrderInput>;
export const folderFileInput = z.object({ folderId: id, conversationId: id, inside: z.boolean() });
export type FolderFileInput = z.infer<typeof folderFileInput>;

/** `rev`: mine, at which these are my folders. */
export const foldersOutput = z.object({ rev: count, folders: z.array(folderHead) });
export type FoldersOutput = z.infer<typeof foldersOutput>;
/** `rev`: mine, at which the conversation is in these folders. */
export const folderFileOutput = z.object({ rev: count, folderIds: z.array(id) });
export type FolderFileOutput = z.infer<typeof folderFileOutput>;
