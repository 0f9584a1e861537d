import type { Actors } from "#tests/chaos/actors.ts";
import type { Size } from "#tests/chaos/options.ts";
import type { Random } from "#tests/chaos/random.ts";
import type { Stack } from "#tests/chaos/stack.ts";

export type Scene = { stack: Stack; actors: Actors; random: Random; size: Size };

/** One way to break something: it breaks it, holds it, and heals it before it returns. */
export type Fault = {
  /** Of the fault matrix. */
  row: number;
  name: string;
  /** Says what there is to say about it. */
  run(scene: Scene): Promise<string | undefined>;
  /** Too slow for the run inside `npm test`. */
  long?: boolean;
  /** Only where Postgres has a disk of its own. */
  fullDisk?: boolean;
};
