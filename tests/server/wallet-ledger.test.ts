import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { refundPacket } from "#server/wallet/refund.ts";
import { closeDatabase, newPerson } from "#tests/_people.ts";
import { balanceOf, expectSoundLedger, give, letExpire, open } from "#tests/server/_wallet.ts";

afterAll(closeDatabase);

const welcome = 10_000;
const peopleCount = 4;

const who = fc.nat({ max: peopleCount - 1 });
/** `which` names one of the packets sent so far in the round, whichever that is by then. */
const step = fc.oneof(
  fc.record({
    act: fc.constant("send" as const),
    who,
    split: fc.constantFrom("equal" as const, "random" as const),
    shares: fc.integer({ min: 1, max: 6 }),
    each: fc.integer({ min: 1, max: 1_500 }),
  }),
  fc.record({ act: fc.constant("open" as const), who, which: fc.nat({ max: 30 }) }),
  fc.record({ act: fc.constant("open" as const), who, which: fc.nat({ max: 30 }) }),
  fc.record({ act: fc.constant("expire" as const), which: fc.nat({ max: 30 }) }),
);
/** Steps of one burst run at the same moment. */
const bursts = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });
type Plan = typeof bursts extends fc.Arbitrary<infer Value> ? Value : never;

test("whatever several people do at once, every transfer sums to zero and no coin is made, lost or overdrawn", async () => {
  const people: Me[] = [];
  for (let at = 0; at < peopleCount; at += 1) people.push(await newPerson(`p${at}`));
  const owner = people[0] as Me; // the first of peopleCount
  const { community } = await createCommunity(owner, { name: "Fair" });
  for (const person of people.slice(1)) await joinCommunity(person, { communityId: community.id });
  for (const person of people) await balanceOf(person);

  const round = async (plan: Plan) => {
    const packets: string[] = [];
    const run = async (one: (typeof plan)[number][number]) => {
      const me = "who" in one ? people[one.who] : undefined;
      if (one.act === "send" && me) {
        const terms = { split: one.split, shares: one.shares, total: one.each * one.shares };
        const sent = await give(me, community.id, terms).catch((error: unknown) => {
          expect(error).toMatchObject({ message: "insufficient_balance" });
        });
        if (sent) packets.push(sent.packetId);
      }
      const packetId = "which" in one ? packets[one.which % Math.max(1, packets.length)] : undefined;
      if (one.act === "open" && me && packetId) await open(me, packetId);
      if (one.act === "expire" && packetId) {
        await letExpire(packetId);
        await refundPacket(packetId);
      }
    };
    for (const burst of plan) await Promise.all(burst.map(run));
    await expectSoundLedger();
    const [row] = await sql()<{ least: number; coins: number }[]>`
      select min(balance)::float8 as least, (sum(balance)
        + (select coalesce(sum(amount), 0) from red_packet_shares where taken_at is null))::float8 as coins
      from wallets where kind = 'person'`;
    expect(row?.least).toBeGreaterThanOrEqual(0);
    expect(row?.coins).toBe(welcome * peopleCount);
    // Coins come home, so that the next round has something to send.
    for (const packetId of packets) {
      await letExpire(packetId);
      await refundPacket(packetId);
    }
  };
  await fc.assert(fc.asyncProperty(bursts, round), { numRuns: 40 });
}, 120_000);
