import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, id, positive, time } from "#contracts/text.ts";

export const genders = ["unset", "female", "male", "other"] as const;
export const gender = z.enum(genders);

/** The public profile of a person. Never contains a mobile number or an e-mail address. */
export const person = z.object({
  id,
  number: positive,
  handle: z.string(),
  displayName: z.string(),
  gender,
  bio: z.string(),
  /** The generated avatar is a pure function of `id` and this number. */
  avatarSeed: count,
  /** The file of a picture of their own, which everyone who is signed in may see. */
  avatarId: z.nullable(id),
  /** Grows with every visible change, so that a cache can tell old from new. */
  version: positive,
});
export type Person = z.infer<typeof person>;

export const peopleGetInput = z.object({ ids: z.array(id).check(z.maxLength(limits.peopleAtOnce)) });
export const peopleGetOutput = z.object({ people: z.array(person) });

export const lastSeenInput = z.object({ personId: id });
export const lastSeenOutput = z.object({
  /** Null for a person who does not show it to me. `at`: when their last connection ended; null when they had none yet. */
  lastSeen: z.nullable(z.object({ online: z.boolean(), at: z.nullable(time) })),
});
export type LastSeenOutput = z.infer<typeof lastSeenOutput>;
