import type { Content, Sendable } from "#contracts/kinds/index.ts";

/**
 * The files that a message gives its readers. Those of link cards and stickers are not the sender's, and anyone's to
 * see.
 */
export function filesOf(content: Content | Sendable): string[] {
  switch (content.kind) {
    case "image":
      return content.pictures.map(({ fileId }) => fileId);
    case "voice":
      return [content.voice.fileId];
    case "video":
      return [content.video.fileId, ...(content.poster ? [content.poster.fileId] : [])];
    case "file":
      return [content.file.fileId];
    case "news":
      return content.picture ? [content.picture.fileId] : [];
    case "text":
    case "sticker":
    case "link":
    case "card":
    case "location":
    case "red_packet":
    case "notice":
    case "custom":
      return [];
  }
}
