import { filesOf } from "#contracts/kinds/files.ts";
import type { Content, Sendable } from "#contracts/kinds/index.ts";
import type { Film, Picture, Recording, StoredFile } from "#contracts/media.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { type MediaKind, type ReadyFile, readReady } from "#server/media/store.ts";
import { Refusal } from "#server/refusal.ts";

type MediaDraft = Extract<Sendable, { kind: "image" | "voice" | "video" | "file" | "news" }>;

/**
 * The stored content of a message with files: what was found in the files, not what the sender claims. Refuses
 * `file_not_ready` for files that are not mine, not there yet, or something else than the kind needs.
 */
export async function resolveMedia(me: Me, draft: MediaDraft): Promise<Content> {
  const ready = new Map((await readReady(sql(), me.personId, filesOf(draft))).map((file) => [file.fileId, file]));
  const as = (mediaKind: MediaKind, { fileId }: { fileId: string }): ReadyFile => {
    const file = ready.get(fileId);
    if (file?.mediaKind !== mediaKind) throw new Refusal("file_not_ready");
    return file;
  };
  switch (draft.kind) {
    case "image":
      return { ...draft, pictures: draft.pictures.map((one) => toPicture(as("image", one))) };
    case "voice":
      return { ...draft, voice: toRecording(as("voice", draft.voice)) };
    case "video":
      return {
        ...draft,
        video: toFilm(as("video", draft.video)),
        poster: draft.poster && toPicture(as("image", draft.poster)),
      };
    case "file": {
      const file = as("file", draft.file);
      return { ...draft, file: toStored(file), name: file.name };
    }
    case "news":
      return { ...draft, picture: draft.picture && toPicture(as("image", draft.picture)) };
  }
}

/** What a message says of a file. */
type FileMetadata = Pick<ReadyFile, "fileId" | "type" | "bytes" | "metadata">;

const toStored = ({ fileId, type, bytes }: FileMetadata): StoredFile => ({ fileId, type, bytes });

export function toPicture(file: FileMetadata): Picture {
  const { width = 1, height = 1, thumbhash = "", animated = false } = file.metadata;
  return { ...toStored(file), width, height, thumbhash, animated };
}

function toRecording(file: ReadyFile): Recording {
  return { ...toStored(file), durationMs: file.metadata.durationMs ?? 1 };
}

function toFilm(file: ReadyFile): Film {
  const { width = 1, height = 1 } = file.metadata;
  return { ...toRecording(file), width, height };
}
