/** The peer's tables, with the columns and indexes that the same work needs. */
import { randomUUID } from "node:crypto";
import type postgres from "postgres";

export async function createPeerTables(sql: postgres.Sql): Promise<void> {
  await sql`
    create table if not exists peer_conversations (id uuid primary key, last_seq integer not null default 0)
    with (fillfactor = 60)`;
  await sql`
    create table if not exists peer_messages (
      conversation_id uuid not null references peer_conversations (id), seq integer not null, sender_id uuid not null,
      client_id uuid not null, content jsonb not null, sent_at timestamptz(3) not null default now(),
      primary key (conversation_id, seq), unique (conversation_id, sender_id, client_id))`;
  // What the adapter keeps payloads in that are too large for NOTIFY.
  await sql`
    create table if not exists socket_io_attachments (
      id bigserial unique, created_at timestamptz default now(), payload bytea)`;
}

export async function insertPeerConversations(sql: postgres.Sql, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await sql`insert into peer_conversations (id) select unnest(${ids}::uuid[])`;
  return ids;
}
