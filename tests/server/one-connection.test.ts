import { afterAll, expect, test } from "vitest";
import { prisma } from "#server/db/prisma.ts";
import { snapshot, sql, transaction } from "#server/db/sql.ts";
import { previewLink } from "#server/links/preview.ts";
import { closeDatabase, newPerson } from "#tests/_people.ts";

afterAll(closeDatabase);

test.each([
  ["a transaction", transaction],
  ["a snapshot", snapshot],
])("inside %s, asking for a second connection throws, however deep the call is", async (_, open) => {
  const message = /inside a transaction would wait for a second connection/;
  const deep = async () => {
    await Promise.resolve();
    return sql()`select 1`;
  };
  await expect(open(deep)).rejects.toThrow(message);
  await expect(open(async () => prisma().person.count())).rejects.toThrow(message);
  await expect(open(async () => transaction(async (tx) => tx`select 1`))).rejects.toThrow(message);
});

test("work that a transaction started and that outlives it may ask the pool", async () => {
  let later: Promise<unknown> | undefined;
  let go = () => {};
  const ended = new Promise<void>((resolve) => {
    go = resolve;
  });
  await transaction(async (tx) => {
    later = ended.then(() => sql()`select 1`);
    await tx`select 1`;
  });
  go();
  await expect(later).resolves.toHaveLength(1);
});

test("more people than the pool has connections ask for a link card at once, and all are answered", async () => {
  const people = await Promise.all(Array.from({ length: 16 }, () => newPerson("asker")));
  const answers = await Promise.all(people.map((me, n) => previewLink(me, `https://page-${n}.example/`)));
  expect(answers).toEqual(Array.from({ length: 16 }, () => ({ state: "pending", card: null })));
  const [row] = await sql()<{ jobs: number }[]>`
    select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'links:preview'`;
  expect(row?.jobs).toBe(16);
});
