import { type MediaMetadata, readPictureMetadata, readVideoMetadata } from "#client/media/media-metadata.ts";
import type { Uploads } from "#client/media/uploads.ts";
import { limits } from "#contracts/limits.ts";
import type { Film, Picture } from "#contracts/media.ts";
import type { Content, Sendable } from "#contracts/messages/kinds/index.ts";

/** A picked file with the metadata that this browser can read. */
export type Attachment = { file: File; id: string } & (
  | { as: "picture"; metadata: MediaMetadata<Picture> }
  | { as: "film"; metadata: MediaMetadata<Film>; poster: { file: Blob; metadata: MediaMetadata<Picture> } | null }
  /** `unreadable`: its type is a picture or video, but this browser cannot decode it. */
  | { as: "file"; unreadable: boolean }
);

const pictureTypes = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];

export async function prepareAttachment(file: File): Promise<Attachment> {
  const id = crypto.randomUUID();
  if (pictureTypes.includes(file.type)) {
    const metadata = await readPictureMetadata(file);
    return metadata ? { file, id, as: "picture", metadata } : { file, id, as: "file", unreadable: true };
  }
  if (file.type.startsWith("video/")) {
    const described = await readVideoMetadata(file);
    if (!described) return { file, id, as: "file", unreadable: true };
    const { poster, ...metadata } = described;
    const posterMetadata = poster && (await readPictureMetadata(poster));
    return {
      file,
      id,
      as: "film",
      metadata,
      poster: poster && posterMetadata ? { file: poster, metadata: posterMetadata } : null,
    };
  }
  return { file, id, as: "file", unreadable: /^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name) };
}

export const asFile = ({ file, id }: Attachment): Attachment => ({ file, id, as: "file", unreadable: false });

type Outgoing = { content: Sendable; optimistic: Content };

/**
 * The messages that these files become, in order: consecutive pictures form an album, videos and files
 * get a message each, and the first one carries the caption. Starts the uploads; the messages reference their ids.
 */
export function outgoingOf(prepared: readonly Attachment[], caption: string, uploads: Uploads): Outgoing[] {
  const out: Outgoing[] = [];
  let words = caption;
  const takeWords = () => {
    const taken = words;
    words = "";
    return taken;
  };
  for (let at = 0; at < prepared.length; ) {
    const one = prepared[at];
    if (!one) break;
    if (one.as === "picture") {
      const album: (Attachment & { as: "picture" })[] = [];
      for (let next: Attachment | undefined = one; next?.as === "picture" && album.length < limits.album; ) {
        album.push(next);
        next = prepared[at + album.length];
      }
      out.push(albumOf(album, takeWords(), uploads));
      at += album.length;
      continue;
    }
    out.push(one.as === "film" ? filmOf(one, takeWords(), uploads) : fileOf(one, takeWords(), uploads));
    at += 1;
  }
  return out;
}

function albumOf(album: readonly (Attachment & { as: "picture" })[], caption: string, uploads: Uploads): Outgoing {
  const pictures = album.map(({ file, metadata }) => pictureOf(file, file.name, metadata, uploads));
  const refs = pictures.map(({ fileId }) => ({ fileId }));
  return {
    content: { kind: "image", pictures: refs, caption },
    optimistic: { kind: "image", pictures, caption },
  };
}

const pictureOf = (file: Blob, name: string, metadata: MediaMetadata<Picture>, uploads: Uploads): Picture => ({
  ...metadata,
  fileId: uploads.add(file, name, "image"),
  type: file.type,
  bytes: file.size,
});

function filmOf(one: Attachment & { as: "film" }, caption: string, uploads: Uploads): Outgoing {
  const { file, metadata } = one;
  const poster = one.poster && pictureOf(one.poster.file, "poster.jpg", one.poster.metadata, uploads);
  const video = { ...metadata, fileId: uploads.add(file, file.name, "video"), type: file.type, bytes: file.size };
  return {
    content: {
      kind: "video",
      video: { fileId: video.fileId },
      poster: poster && { fileId: poster.fileId },
      caption,
    },
    optimistic: { kind: "video", video, poster, caption },
  };
}

function fileOf({ file }: Attachment, caption: string, uploads: Uploads): Outgoing {
  const fileId = uploads.add(file, file.name, "file");
  return {
    content: { kind: "file", file: { fileId }, caption },
    optimistic: { kind: "file", file: { fileId, type: file.type, bytes: file.size }, name: file.name, caption },
  };
}
