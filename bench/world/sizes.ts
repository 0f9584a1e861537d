import { type Kind, kinds } from "#bench/world/ids.ts";

/** People, conversations, files … `first` + 1 to `first` + `people`: two worlds of one database must not overlap. */
export type World = { first: number; people: number };

export type Sizes = { communities: number; large: number; inLarge: number; inEach: number; conversations: number };

/** Members of the one large community; the product allows 500. */
const largeCommunity = 480;

/** What a world of so many people has. `large` is the number of the community with the longest history. */
export function sizesOf({ people }: World): Sizes {
  const communities = Math.max(6, Math.floor(people / 20));
  const inLarge = Math.floor(people / 4);
  const conversations = people + communities;
  return {
    communities,
    large: communities + 1,
    inLarge,
    inEach: Math.floor((10 * people - inLarge) / conversations),
    conversations,
  };
}

/** Persons 1 to this number are in the large community. */
export const largeMembers = ({ people }: World): number => Math.min(largeCommunity, people);

/** SQL for the id of the thing with the number `n` (an expression, from 1) of this world. */
export const idOf = ({ first }: World, kind: Kind, n: string): string =>
  `pg_temp.world_id(${kinds[kind]}, ${first} + (${n}))`;

/** Revs of messages begin above those of memberships. */
export const revsBefore = 1_000;
