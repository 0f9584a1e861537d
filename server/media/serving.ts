import type { Serving } from "#server/media/storage/storage.ts";

/** What browsers may show. SVG and HTML are programs, and are not among them. */
const shown =
  /^(image\/(jpeg|png|webp)|video\/(mp4|webm|quicktime|matroska|ogg|x-m4v|3gpp)|audio\/(webm|ogg|mp4|mpeg|aac|wav|flac|x-m4a|quicktime|matroska))$/;

export const isShown = (type: string): boolean => shown.test(type);

/** How a variant is served: inline when it is something to look at or to hear, else as a download without a type. */
export function servingOf(type: string, name: string | null): Serving {
  return isShown(type) ? { type, name } : { type: "application/octet-stream", name: name ?? "file" };
}

/** RFC 6266 and 8187: an ASCII name for the old, the real one for everyone else. */
export function dispositionOf({ name }: Serving): string {
  if (name === null) return "inline";
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
