/** A person with two long conversations, signed in in a browser: one to read in, with pictures, and one that is very long. */
import type { BrowserContext } from "@playwright/test";
import type postgres from "postgres";
import { signIn } from "#bench/browser/list-person.ts";
import { befriend, insertPeople, type Person } from "#bench/people.ts";
import { hashesOf } from "#server/messages/search/entry.ts";

export type Talk = { conversationId: string; peer: Person; messages: number };
export type TimelinePerson = { id: string; read: Talk; long: Talk };

/** A word that is said this often, and can be searched for. */
export const saidWord = "kingfisher";
const saidTimes = 20;
const sentence = "A message of the usual length, which says when and where. ";

export async function makeTimelinePerson(
  context: BrowserContext,
  sql: postgres.Sql,
  { address, read, long }: { address: string; read: number; long: number },
): Promise<TimelinePerson> {
  const id = await signIn(context, address, "bench_timeline");
  const me = { personId: id, sessionId: "" };
  const peers = await insertPeople(sql, 2);
  const pairs = await befriend(
    sql,
    peers.flatMap((peer) => [me, peer]),
  );
  const [first, second] = pairs.map(({ to, conversationId }) => ({ conversationId, peer: to }));
  if (!first || !second) throw new Error("the conversations were not made");
  const talks = { read: { ...first, messages: read }, long: { ...second, messages: long } };
  for (const talk of Object.values(talks)) await writeMessages(sql, id, talk);
  await indexSaid(sql, talks.long);
  return { id, ...talks };
}

/** Of one to six sentences, every eighth a picture, half of them mine; the last one now, all within 20 hours. */
async function writeMessages(sql: postgres.Sql, me: string, { conversationId, peer, messages }: Talk): Promise<void> {
  const spacing = `${72_000 / messages} seconds`;
  const every = Math.floor(messages / saidTimes);
  await sql`
    insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview, sent_at)
    select ${conversationId}, n, n, case when n / 3 % 2 = 0 then ${peer.personId}::uuid else ${me}::uuid end,
      gen_random_uuid(), case when picture then 'image' else 'text' end,
      case when picture then jsonb_build_object('kind', 'image', 'caption', '', 'pictures', jsonb_build_array(
        jsonb_build_object('fileId', gen_random_uuid(), 'type', 'image/png', 'bytes', 1000, 'width', 400,
          'height', 200 + n % 5 * 100, 'thumbhash', '', 'animated', false)))
      else jsonb_build_object('kind', 'text', 'text', words) end,
      case when picture then '' else words end, now() - (${messages}::int - n) * ${spacing}::interval
    from (
      select n, n % 8 = 5 as picture,
        n || ' ' || case when n % ${every}::int = 1 then ${saidWord}::text || ' ' else '' end
          || repeat(${sentence}::text, 1 + n * 7 % 6) as words
      from generate_series(1, ${messages}::int) as n
    ) as m`;
  await sql`
    update conversations set last_seq = ${messages}, rev = ${messages}, last_message_at = now() where id = ${conversationId}`;
  await sql`update memberships set last_read_seq = ${messages} where conversation_id = ${conversationId}`;
}

/** Makes what can be searched for findable; the rest of so long a conversation would be a measurement of the index. */
async function indexSaid(sql: postgres.Sql, { conversationId }: Talk): Promise<void> {
  const rows = await sql<{ seq: number; senderId: string; text: string; sentAt: Date }[]>`
    select seq, sender_id, content ->> 'text' as text, sent_at from messages
    where conversation_id = ${conversationId} and preview like ${`%${saidWord}%`}`;
  for (const { seq, senderId, text, sentAt } of rows) {
    const hashes = hashesOf({ senderId, content: { kind: "text", text } });
    await sql`insert into message_search (conversation_id, seq, sent_at, hashes) values (${conversationId}, ${seq}, ${sentAt}, ${hashes})`;
  }
}
