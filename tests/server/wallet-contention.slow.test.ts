import { afterAll, expect, test } from "vitest";
import { insertCommunity, insertPeople } from "#bench/people.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { closeDatabase } from "#tests/_people.ts";
import { balanceOf, expectSoundLedger, give, open } from "#tests/server/_wallet.ts";

afterAll(closeDatabase);

test.each(["random", "equal"] as const)(
  "a thousand people grab a hundred %s shares at once: a hundred winners, to the cent, and everyone is answered",
  async (split) => {
    const people = await insertPeople(sql(), 1_000);
    const sender = people[0] as Me; // the first of a thousand
    const conversationId = await insertCommunity(sql(), people);
    const total = 10_000;
    const { packetId } = await give(sender, conversationId, { split, total, shares: 100 });

    // Each twice: on the phone and on the computer.
    const answers = await Promise.all([...people, ...people].map((person) => open(person, packetId)));
    const won = answers.filter(({ outcome }) => outcome === "opened");
    expect(won).toHaveLength(100);
    expect(won.reduce((sum, { amount }) => sum + (amount ?? 0), 0)).toBe(total);
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["opened", "already", "finished"]));

    const { packet } = await open(sender, packetId);
    expect(packet.state).toBe("finished");
    expect(new Set(packet.takes.map((take) => take.personId)).size).toBe(100);
    expect(packet.luckiestId === null).toBe(split === "equal");
    const [winner] = packet.takes.filter((take) => take.personId !== sender.personId);
    if (!winner) throw new Error("only the sender won");
    expect(await balanceOf({ personId: winner.personId, sessionId: "" })).toBe(10_000 + winner.amount);
    await expectSoundLedger();
  },
  60_000,
);
