/** What a procedure answers to each actor about one object. */
import type { Actor, World } from "#tests/authorisation/_world.ts";

/**
 * `answers`: one word for each of `actors`, in their order. `–`: unauthenticated; `×`: not_found, as for what does not
 * exist; `✓`: allowed; else the reason of the refusal.
 */
export type Row = {
  path: string;
  object: string;
  input?: (world: World, actor: Actor) => unknown;
  answers: string;
};

export const row = (path: string, object: string, answers: string, input?: Row["input"]): Row => ({
  path,
  object,
  answers,
  input,
});

/** What only those inside see; all others are told what is told of what does not exist. */
export const inside = "– × × × × ✓ ✓";
/** What each has of their own. */
export const everyone = "– ✓ ✓ ✓ ✓ ✓ ✓";
/** What belongs to another person, or to no one. */
export const none = "– × × × × × ×";
export const ownerOnly = "– × × × × forbidden ✓";
