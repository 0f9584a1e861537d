/** Ten million rows are written sooner without their indexes, which Postgres then builds in one pass each. */
import type postgres from "postgres";

type Definition = { name: string; table: string; definition: string };

/** Takes away every index and every constraint that has or needs one, runs `work`, and makes them again as they were. */
export async function withoutIndexes(sql: postgres.Sql, work: () => Promise<void>): Promise<void> {
  const constraints = await sql<Definition[]>`
    select conname as name, conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f')
    order by contype = 'f', conname`;
  const indexes = await sql<Definition[]>`
    select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table,
      pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and not exists (
      select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))`;
  // Foreign keys first: they hold the keys that they point to.
  for (const { name, table } of constraints.toReversed()) {
    await sql.unsafe(`alter table ${table} drop constraint "${name}"`);
  }
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  await work();
  await sql`set maintenance_work_mem = '512MB'`;
  for (const { definition } of indexes) await sql.unsafe(definition);
  for (const { name, table, definition } of constraints) {
    await sql.unsafe(`alter table ${table} add constraint "${name}" ${definition}`);
  }
}
