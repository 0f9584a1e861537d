/**
 * An invented world, written by Postgres itself: for P people P friendships, 5 P memberships, 10 P messages and what an
 * installation of that size has of everything else. Rows are spread as life spreads them: a page of a conversation is
 * not in one block.
 */
import type postgres from "postgres";
import { communityStatements } from "#bench/world/fill-communities.ts";
import { messageStatements } from "#bench/world/fill-messages.ts";
import { otherStatements } from "#bench/world/fill-others.ts";
import { peopleStatements } from "#bench/world/fill-people.ts";
import type { World } from "#bench/world/sizes.ts";

type Statements = (world: World) => string[];

const tables: readonly Statements[] = [peopleStatements, communityStatements, messageStatements, otherStatements];

/**
 * Adds a world to what is there. `passwordHash` is everyone's. Without triggers: foreign keys hold by construction, and
 * checking ten million of them one by one would take longer than making them.
 */
export async function fillWorld(sql: postgres.Sql, world: World, passwordHash = ""): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local synchronous_commit = off`;
    await tx.unsafe(worldFunctions);
    await tx`select set_config('world.password_hash', ${passwordHash}, true)`;
    for (const statements of tables) {
      for (const statement of statements(world)) await tx.unsafe(statement);
    }
  });
}

const worldFunctions = `
  create or replace function pg_temp.world_id(kind integer, n bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
  $$`;
