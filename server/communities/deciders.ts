import { limits } from "#contracts/limits.ts";
import type { Reason } from "#contracts/refusals.ts";
import { readDeciders } from "#server/communities/roles/store.ts";
import { sql, type Tx, transaction } from "#server/db/sql.ts";
import { beginPeopleChanges, type PeopleLedger } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/** People who decide requests to join are not all locked. */
class DecidersMissing extends Error {}

/** So often the people who decide change between reading and locking them, at most. */
const attempts = 5;

type Options = {
  /** The answer where a named person does not exist. */
  missing?: Reason;
  /** Begins without the people who decide, where there is probably no request to tell them of. */
  unlikely?: boolean;
};

/**
 * Runs an operation that may tell people of a request to join. The order of locks demands people before the conversation, and
 * who decides is known for sure under the conversation's lock alone: they are read before, and where `lockedDeciders` then
 * finds another, the operation begins anew.
 */
export async function withDeciders<T>(
  communityId: string,
  named: readonly string[],
  work: (tx: Tx, people: PeopleLedger) => Promise<T>,
  { missing = "not_found", unlikely = false }: Options = {},
): Promise<T> {
  for (let tries = 0; tries < attempts; tries += 1) {
    const skip = unlikely && tries === 0;
    const deciders = skip ? [] : await readDeciders(sql(), communityId, limits.deciders);
    try {
      return await transaction(async (tx) => work(tx, await beginPeopleChanges(tx, [...named, ...deciders], missing)));
    } catch (error) {
      if (!(error instanceof DecidersMissing)) throw error;
    }
  }
  throw new Refusal("unavailable");
}

/** Who decides now, all of them locked. Call it under the conversation's lock. */
export async function lockedDeciders(tx: Tx, people: PeopleLedger, communityId: string): Promise<string[]> {
  const deciders = await readDeciders(tx, communityId, limits.deciders);
  if (!deciders.every((id) => people.revs.has(id))) throw new DecidersMissing();
  return deciders;
}
