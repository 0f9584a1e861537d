import * as z from "zod/mini";
import { communityName } from "#contracts/communities.ts";
import { person } from "#contracts/people.ts";
import { count, id } from "#contracts/text.ts";

/** A person as their card shows them, to a person who has met them. */
const profile = z.object({
  person,
  /** Communities that both are in, by name, the first of them; `communityCount` counts all. */
  communities: z.array(communityName),
  communityCount: count,
});

export const peopleProfileInput = z.object({ personId: id });
export const peopleProfileOutput = z.object({ profile: z.nullable(profile) });
export type PeopleProfileOutput = z.infer<typeof peopleProfileOutput>;
