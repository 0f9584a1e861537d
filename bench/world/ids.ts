/** Ids in an invented world: a number in the form of a UUID, so that SQL and programs compute the same one. */
export const kinds = {
  person: 1,
  session: 2,
  direct: 3,
  community: 4,
  file: 5,
  packet: 6,
  pack: 7,
  sticker: 8,
} as const;

export type Kind = keyof typeof kinds;

/** The same as `pg_temp.world_id`, which `fillWorld` makes. */
export function worldId(kind: Kind, n: number): string {
  const head = kinds[kind].toString(16).padStart(8, "0");
  return `${head}-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}
