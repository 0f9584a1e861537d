import type { Film, Picture, Recording, StoredFile } from "#contracts/media.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { type ReadyFile, readReady } from "#server/media/access/store.ts";
import type { MediaKind } from "#server/media/store.ts";
import { Refusal } from "#server/refusal.ts";

type FileMetadata = Pick<ReadyFile, "fileId" | "type" | "bytes" | "metadata">;
type Ref = { fileId: string };

/** What a message says of its files, from what was found in their bytes, not from what the sender claims. */
export type ReadyFiles = {
  picture: (ref: Ref) => Picture;
  recording: (ref: Ref) => Recording;
  film: (ref: Ref) => Film;
  file: (ref: Ref) => StoredFile & { name: string };
};

/**
 * Reads files of mine that a draft names. Each reader refuses `file_not_ready` for a file that is not mine, not ready,
 * or of another media kind.
 */
export async function readReadyFiles(me: Me, fileIds: string[]): Promise<ReadyFiles> {
  const ready = new Map((await readReady(sql(), me.personId, fileIds)).map((file) => [file.fileId, file]));
  const as = (mediaKind: MediaKind, { fileId }: Ref): ReadyFile => {
    const file = ready.get(fileId);
    if (file?.mediaKind !== mediaKind) throw new Refusal("file_not_ready");
    return file;
  };
  return {
    picture: (ref) => toPicture(as("image", ref)),
    recording: (ref) => toRecording(as("voice", ref)),
    film: (ref) => {
      const file = as("video", ref);
      const { width = 1, height = 1 } = file.metadata;
      return { ...toRecording(file), width, height };
    },
    file: (ref) => {
      const file = as("file", ref);
      return { ...toStored(file), name: file.name };
    },
  };
}

const toStored = ({ fileId, type, bytes }: FileMetadata): StoredFile => ({ fileId, type, bytes });

export function toPicture(file: FileMetadata): Picture {
  const { width = 1, height = 1, thumbhash = "", animated = false } = file.metadata;
  return { ...toStored(file), width, height, thumbhash, animated };
}

const toRecording = (file: FileMetadata): Recording => ({
  ...toStored(file),
  durationMs: file.metadata.durationMs ?? 1,
});
