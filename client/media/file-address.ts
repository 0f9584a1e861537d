import type { Variant } from "#contracts/media.ts";

/** The address of a file. It never changes, so that lists may come and go; the server leads from it to where the bytes are. */
export const fileAddress = (fileId: string, variant: Variant) => `/api/media/${fileId}/${variant}`;
