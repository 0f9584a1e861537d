import type { Reason } from "#contracts/refusals.ts";
import type { Picture } from "#jobs/media/pictures.ts";
import type { CopiedRecording, RecordingKind } from "#jobs/media/recordings/make.ts";
import type { PageCard } from "#jobs/previews/page.ts";
import type { MediaMetadata } from "#server/media/store.ts";

/** What a file is. `picture` is set for images alone: the variants made anew from their pixels. */
export type Inspected = { type: string | null; metadata: MediaMetadata; picture: Picture | null };

/** Operation → what it is given and what it answers. Everything travels between two processes as structured clones. */
export type Operations = {
  /** A file on this machine's disk. */
  inspect: { input: { path: string; mediaKind: "image" | "file" }; output: Inspected };
  /** Two files on this machine's disk: the one that was sent, and the copy that is served. */
  copyRecording: { input: { path: string; target: string; mediaKind: RecordingKind }; output: CopiedRecording };
  /** A picture on this machine's disk; all frames of an animation. 0: its header does not say. */
  countPixels: { input: { path: string }; output: number };
  /** The bytes of a page; `charset` as its header says, or empty. Null: it has no title. */
  readPage: { input: { body: Uint8Array; charset: string; url: string }; output: PageCard | null };
  /** An SVG of our own; `side` in pixels. */
  draw: { input: { drawing: Uint8Array; side: number }; output: Picture };
};
export type Operation = keyof Operations;

export type Request = { [O in Operation]: { operation: O; input: Operations[O]["input"] } }[Operation];
export type Answer =
  | { result: "done"; output: unknown }
  | { result: "refused"; reason: Reason; message: string }
  | { result: "failed"; message: string };

/** Above this the child's own watch ends it: 60 million pixels measured 1.2 GB as WebP, the most of all. */
export const memoryBytes = 2_000_000_000;
