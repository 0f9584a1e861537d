/** Invented people, written straight into the tables: ten thousand sign-ups would be a measurement of argon2. */
import { createHash } from "node:crypto";
import type postgres from "postgres";

export type Person = { personId: string; sessionId: string };
export type Pair = { from: Person; to: Person; conversationId: string };

/** The bearer token of a person made here: only its hash is in the table. */
export const tokenOf = (person: Person) => `imc_${person.sessionId}`;
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

export async function insertPeople(sql: postgres.Sql, count: number): Promise<Person[]> {
  const people = await sql<Person[]>`
    with made as (
      insert into people (handle, display_name, password_hash)
      select 'bench_' || replace(gen_random_uuid()::text, '-', ''), 'Bench', '' from generate_series(1, ${count})
      returning id
    )
    insert into sessions (person_id, kind, expires_at)
    select id, 'bearer', now() + interval '1 day' from made
    returning person_id, id as session_id
  `;
  const hashes = people.map((person) => hashOf(tokenOf(person)));
  await sql`
    update sessions set token_hash = decode(h.hash, 'hex')
    from unnest(${people.map((person) => person.sessionId)}::uuid[], ${hashes}::text[]) as h (id, hash)
    where sessions.id = h.id
  `;
  return [...people];
}

/** Neighbours become friends: the first with the second, the third with the fourth. */
export async function befriend(sql: postgres.Sql, people: readonly Person[]): Promise<Pair[]> {
  const halves = people
    .filter((_, at) => at % 2 === 0)
    .flatMap((from, at) => {
      const to = people[at * 2 + 1];
      return to ? [{ from, to }] : [];
    });
  const left = halves.map(({ from }) => from.personId);
  const right = halves.map(({ to }) => to.personId);
  const rows = await sql<{ id: string; n: number }[]>`
    with wanted as (
      select uuidv7() as id, a, b, n from unnest(${left}::uuid[], ${right}::uuid[]) with ordinality as w (a, b, n)
    ), made as (
      insert into conversations (id, kind, direct_key, member_count)
      select id, 'direct', least(a, b) || ':' || greatest(a, b), 2 from wanted
    ), joined as (
      insert into memberships (conversation_id, person_id)
      select id, a from wanted union all select id, b from wanted
    ), friends as (
      insert into friendships (low_id, high_id, conversation_id) select least(a, b), greatest(a, b), id from wanted
    )
    select id, n::int from wanted order by n
  `;
  return halves.map((pair, at) => ({ ...pair, conversationId: rows[at]?.id ?? "" }));
}

/** A community of everyone given; the table has no limit of members, so a room of a thousand can be measured. */
export async function insertCommunity(sql: postgres.Sql, people: readonly Person[]): Promise<string> {
  const ids = people.map((person) => person.personId);
  const [row] = await sql<{ id: string }[]>`
    with made as (
      insert into conversations (kind, member_count) values ('community', ${ids.length}) returning id
    ), named as (
      insert into communities (id, owner_id, name)
      select id, ${ids[0] ?? ""}, 'Bench' from made
    ), joined as (
      insert into memberships (conversation_id, person_id) select made.id, p from made, unnest(${ids}::uuid[]) as p
    )
    select id from made
  `;
  if (!row) throw new Error("the community was not made");
  return row.id;
}
