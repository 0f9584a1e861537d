import { afterAll, expect, test } from "vitest";
import { tables } from "#prisma/grants.ts";
import { closeSql, sql } from "#server/db/sql.ts";

afterAll(closeSql);

/** Deleting one of their rows makes Postgres look for rows that refer to it. */
const withDeletions = Object.entries(tables)
  .filter(([, grants]) => Object.values(grants).some((grant) => /\bdelete\b/.test(grant)))
  .map(([table]) => table);

test("a foreign key to a table from which rows are deleted has an index that begins with its columns", async () => {
  const rows = await sql()<{ name: string; parent: string; indexed: boolean }[]>`
    select k.conname as name, k.confrelid::regclass::text as parent, exists (
      select from pg_index i where i.indrelid = k.conrelid and i.indpred is null
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey) as indexed
    from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`;
  const checked = rows.filter(({ parent }) => withDeletions.includes(parent));
  expect(checked.map(({ name }) => name)).toContain("link_previews_picture_id_fkey");
  expect(checked.filter(({ indexed }) => !indexed)).toEqual([]);
});
