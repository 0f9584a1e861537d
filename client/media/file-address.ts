import type { Variant } from "#contracts/media.ts";

/** The stable address of a file; the server redirects it to where the bytes are. */
export const fileAddress = (fileId: string, variant: Variant) => `/api/media/${fileId}/${variant}`;
