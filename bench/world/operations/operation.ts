import { type Kind, worldId } from "#bench/world/ids.ts";
import type { World } from "#bench/world/sizes.ts";
import type { Me } from "#server/me.ts";

/** What an operation finds in a world: people and things by their numbers. */
export type Place = { world: World; id(kind: Kind, n: number): string; me(n: number): Me };

/**
 * Operations of the product by name, as its processes call them, which leave the world so that they can run again. Each
 * statement that they run is explained.
 */
export type Operations = Record<string, (place: Place) => Promise<unknown>>;

export function placeIn(world: World): Place {
  const id = (kind: Kind, n: number) => worldId(kind, world.first + n);
  return { world, id, me: (n) => ({ personId: id("person", n), sessionId: id("session", n) }) };
}

export const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
