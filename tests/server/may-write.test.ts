/** `memberships.may_write` is derived: after any friendships and blocks it says what `write_refusal` says. */
import * as fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localUrl } from "#scripts/roles.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { removeFriend } from "#server/friends/remove.ts";
import { allowRefusal, closeDatabase, makeFriends, newPerson, type TestPerson } from "#tests/_people.ts";

afterAll(closeDatabase);

let people: TestPerson[];
beforeAll(async () => {
  people = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
});

const person = fc.nat({ max: 2 });
const operation = fc.record({
  kind: fc.constantFrom("befriend", "remove", "block", "unblock"),
  by: person,
  to: person,
});

async function run({ kind, by, to }: { kind: string; by: number; to: number }): Promise<void> {
  const [me, other] = [people[by], people[to]];
  if (!me || !other || me === other) return;
  const input = { personId: other.personId };
  if (kind === "befriend") await makeFriends(me, other).catch(allowRefusal);
  else if (kind === "remove") await removeFriend(me, input).catch(allowRefusal);
  else if (kind === "block") await blockPerson(me, input);
  else await unblockPerson(me, input);
}

const readMembers = () => sql()<{ mayWrite: boolean; reason: string | null }[]>`
  select m.may_write, w.reason from memberships m
  cross join lateral write_refusal(m.conversation_id, m.person_id) w
  where m.person_id = any(${people.map(({ personId }) => personId)}::uuid[])`;

test("after any operations, also at the same moment, it says what write_refusal says", async () => {
  let refused = 0;
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
      async (rounds) => {
        // Else requests are soon refused as too many, and blocks stay from the runs before: then hardly anyone may write.
        await sql()`delete from rate_limits`;
        for (const by of [0, 1, 2]) for (const to of [0, 1, 2]) await run({ kind: "unblock", by, to });
        for (const round of rounds) {
          await Promise.all(round.map(run));
          for (const { mayWrite, reason } of await readMembers()) {
            expect({ mayWrite, reason }).toEqual({ mayWrite: reason === null, reason });
            if (mayWrite) allowed += 1;
            else refused += 1;
          }
        }
      },
    ),
    { numRuns: 50 },
  );
  expect(refused).toBeGreaterThan(10);
  expect(allowed).toBeGreaterThan(10);
}, 60_000);

test("a conversation with messages is not deleted", async () => {
  const conversationId = await makeFriends(await newPerson("ann"), await newPerson("ben"));
  const owner = postgres(localUrl(process.env.DATABASE_URL ?? "", "owner"), { max: 1 });
  const deleted = owner.begin(async (tx) => {
    await tx`delete from memberships where conversation_id = ${conversationId}`;
    await tx`delete from friendships where conversation_id = ${conversationId}`;
    await tx`delete from conversations where id = ${conversationId}`;
  });
  await expect(deleted).rejects.toMatchObject({
    code: "23503",
    message: expect.stringContaining("still has messages"),
  });
  await owner.end();
});
