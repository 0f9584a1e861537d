import { afterAll, expect, test } from "vitest";
import { closeSql, sql } from "#server/db/sql.ts";
import { sweep } from "#server/rate.ts";

afterAll(closeSql);

test("sweeps delete full buckets wherever they are in the table, and no others", async () => {
  await sql()`
    insert into rate_limits (key, tat)
    select 'bucket ' || n, now() + case when n % 2 = 0 then interval '1 hour' else interval '-1 second' end
    from generate_series(1, 20000) as n`;
  const count = async () =>
    (await sql()<{ count: number }[]>`select count(*)::int as count from rate_limits`)[0]?.count;
  await sweep(sql());
  const once = await count();
  // One sweep reads a part of the table.
  expect(once).toBeGreaterThan(10_000);
  for (let time = 0; time < 500; time += 1) await sweep(sql());
  expect(await count()).toBe(10_000);
});
