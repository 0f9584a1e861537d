import type { Person } from "#contracts/people.ts";

/** The public columns of `people`, as SQL returns them. */
export type PersonRow = {
  id: string;
  number: number;
  handle: string;
  displayName: string;
  gender: string;
  bio: string;
  avatarSeed: number;
  avatarId: string | null;
  version: number;
};

/** A community, and how many the query found. */
export type CommonCommunityRow = { id: string; name: string; icon: string; iconId: string | null; total: number };

export function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    number: row.number,
    handle: row.handle,
    displayName: row.displayName,
    gender: row.gender as Person["gender"], // written through the same enum
    bio: row.bio,
    avatarSeed: row.avatarSeed,
    avatarId: row.avatarId,
    version: row.version,
  };
}
