/** A person with many conversations, signed in in a browser: nine of ten direct, the tenth a community, all with messages. */
import type { BrowserContext } from "@playwright/test";
import type postgres from "postgres";
import { befriend, insertCommunity, insertPeople, type Person } from "#bench/people.ts";

const password = "correct horse";
const names = ["Ada Rowan", "王小明", "Grete Holm", "李雷", "Zahra Ahmadi", "张伟", "Tomo Sato", "陈静"];

export type ListPerson = { id: string; talks: { conversationId: string; peer: Person }[] };

/** Makes an account, and signs its person in in this context; resolves with their id. */
export async function signIn(context: BrowserContext, address: string, handle: string): Promise<string> {
  const { request } = context;
  const account = { handle, password, displayName: "Bench" };
  const made = await request.post(`${address}/api/trpc/accounts.signUp`, { data: account });
  if (!made.ok()) throw new Error(`accounts.signUp: ${await made.text()}`);
  const { csrfToken } = await (await request.get(`${address}/api/auth/csrf`)).json();
  const form = { login: handle, password, csrfToken, json: "true" };
  await request.post(`${address}/api/auth/callback/credentials`, { form });
  return (await made.json()).result.data.id;
}

export async function makeListPerson(
  context: BrowserContext,
  sql: postgres.Sql,
  { address, handle, count }: { address: string; handle: string; count: number },
): Promise<ListPerson> {
  const id = await signIn(context, address, handle);
  const me = { personId: id, sessionId: "" };
  const peers = await insertPeople(sql, count);
  await sql`
    update people set display_name = (${names}::text[])[1 + n % ${names.length}] || ' ' || n
    from unnest(${peers.map(({ personId }) => personId)}::uuid[]) with ordinality as p (id, n) where people.id = p.id`;
  const direct = peers.slice(0, Math.ceil(count * 0.9));
  const pairs = await befriend(
    sql,
    direct.flatMap((peer) => [me, peer]),
  );
  const talks = pairs.map(({ to, conversationId }) => ({ conversationId, peer: to }));
  for (const peer of peers.slice(direct.length)) {
    talks.push({ conversationId: await insertCommunity(sql, [peer, me]), peer });
  }
  await writeMessages(sql, id, talks);
  return { id, talks };
}

/** Three messages each, the last ones unread in every third conversation, each minute older than the one before. */
async function writeMessages(sql: postgres.Sql, me: string, talks: ListPerson["talks"]): Promise<void> {
  const ids = talks.map(({ conversationId }) => conversationId);
  const peers = talks.map(({ peer }) => peer.personId);
  const text = "A message of the usual length, which says when and where.";
  await sql`
    insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview, sent_at)
    select t.id, seq, seq, t.peer, gen_random_uuid(), 'text', jsonb_build_object('kind', 'text', 'text', ${text}::text), ${text},
      now() - n * interval '1 minute'
    from unnest(${ids}::uuid[], ${peers}::uuid[]) with ordinality as t (id, peer, n), generate_series(1, 3) as seq`;
  await sql`
    update conversations set last_seq = 3, rev = 3, last_message_at = now() - n * interval '1 minute'
    from unnest(${ids}::uuid[]) with ordinality as t (id, n) where conversations.id = t.id`;
  await sql`
    update memberships set last_read_seq = case when n % 3 = 0 then 1 else 3 end
    from unnest(${ids}::uuid[]) with ordinality as t (id, n)
    where memberships.conversation_id = t.id and person_id = ${me}`;
}
