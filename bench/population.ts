/** Many people as a messenger has them: each has a friend, and each is in a community of five hundred. */
import type postgres from "postgres";
import { befriend, insertCommunity, insertPeople, type Pair, type Person } from "#bench/people.ts";

const communitySize = 500;

export async function insertPopulation(sql: postgres.Sql, count: number): Promise<{ people: Person[]; pairs: Pair[] }> {
  const people = await insertPeople(sql, count);
  const pairs = await befriend(sql, people);
  for (let at = 0; at < count; at += communitySize) await insertCommunity(sql, people.slice(at, at + communitySize));
  // Nothing that the database does by itself after such a load shall fall into a measurement.
  await sql`vacuum analyze`;
  return { people, pairs };
}
