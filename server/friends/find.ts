import type * as z from "zod/mini";
import type { friendFindOutput } from "#contracts/friends.ts";
import { sql } from "#server/db/sql.ts";
import { readQuery } from "#server/friends/rules.ts";
import { findPerson, readStanding } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { toPerson } from "#server/people/view.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";

/**
 * Finds a person by exact IM number, handle or mobile number. Null when there is none, when that person blocked me, and
 * for a mobile number that is not verified or that its owner does not want to be found by. Refuses `rate_limited`.
 */
export async function findFriend(me: Me, input: { query: string }): Promise<z.infer<typeof friendFindOutput>> {
  await consumeRateLimit(`find:${me.personId}`, rates.find);
  const row = await findPerson(sql(), readQuery(input.query));
  if (!row) return { found: null };
  if (row.id === me.personId) return { found: { person: toPerson(row), relation: "self" } };
  const standing = await readStanding(sql(), me.personId, row.id);
  if (standing.blockedByThem) return { found: null };
  const relation = standing.blockedByMe
    ? "blocked"
    : standing.friends
      ? "friend"
      : standing.sent
        ? "sent"
        : standing.received
          ? "received"
          : "none";
  return { found: { person: toPerson(row), relation } };
}
