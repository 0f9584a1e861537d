import type { MediaKind } from "#server/media/store.ts";

/**
 * The slowest picture that is taken, noise of 60 million pixels as WebP, measured 32 s on a busy machine; a photo takes
 * 2 s.
 */
const pictureMs = 120_000;
/** Recordings are read whole and written anew, 5 MB a second at the slowest. */
const leastMs = 5_000;
const bytesPerMs = 5_000;

/** A header is read in a millisecond; a busy machine starts the process first. */
export const countPixelsDeadlineMs = 10_000;

/** Half a megabyte of markup takes some milliseconds. */
export const pageDeadlineMs = 5_000;
export const drawDeadlineMs = 30_000;

export const inspectDeadlineMs = (mediaKind: MediaKind, bytes: number): number =>
  mediaKind === "image" ? pictureMs : leastMs + (mediaKind === "file" ? 0 : Math.ceil(bytes / bytesPerMs));
