/** The pages that the lightbox and the page of media load, from the server as it answers. */
import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { afterAll, expect, test } from "vitest";
import { newestMedia, picturesAround } from "#client/messages/media-pages.ts";
import { limits } from "#contracts/limits.ts";
import { sql } from "#server/db/sql.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, say } from "#tests/_people.ts";

afterAll(closeDatabase);

const many = 2 * limits.page.default + 30;

/** A conversation with pictures as messages 2 and on, and what reads it. */
async function gallery() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await say(ben, conversationId, "first");
  await sql()`
    insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview)
    select conversation_id, n, rev, sender_id, gen_random_uuid(), 'image', '{"kind":"image"}', ''
    from messages, generate_series(3, ${many + 1}) as n where conversation_id = ${conversationId} and seq = 2`;
  await sql()`update messages set kind = 'image' where conversation_id = ${conversationId} and seq = 2`;
  await sql()`update conversations set last_seq = ${many + 1} where id = ${conversationId}`;
  const calls: unknown[] = [];
  const caller = callerOf(ann);
  const read: Parameters<typeof newestMedia>[0] = (input) => {
    calls.push(input);
    return caller.messages.media(input);
  };
  const recall = (from: number, to: number) => sql()`
    update messages set kind = 'recalled', content = '{"kind":"recalled"}'
    where conversation_id = ${conversationId} and seq between ${from} and ${to}`;
  return { conversationId, read, recall, calls };
}
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

test("from the middle the lightbox reaches both ends, and keeps all when pages are asked for anew", async () => {
  const { conversationId, read, recall } = await gallery();
  const client = new QueryClient();
  const observer = new InfiniteQueryObserver(client, picturesAround(read, conversationId, 70));
  const stop = observer.subscribe(() => {});
  const seqs = () => observer.getCurrentResult().data?.pages.flatMap(({ messages }) => messages.map(({ seq }) => seq));
  await observer.refetch();
  expect(seqs()).toEqual(range(45, 94));
  while (observer.getCurrentResult().hasPreviousPage) await observer.fetchPreviousPage();
  expect(seqs()).toEqual(range(2, 94));
  while (observer.getCurrentResult().hasNextPage) await observer.fetchNextPage();
  expect(seqs()).toEqual(range(2, many + 1));

  // All of the first page is recalled, and some of the others.
  await recall(2, 50);
  await recall(70, 80);
  await client.invalidateQueries();
  while (observer.getCurrentResult().hasNextPage) await observer.fetchNextPage();
  expect(seqs()).toEqual([...range(51, 69), ...range(81, many + 1)]);
  stop();
});

test("the page of media goes from the newest to the oldest", async () => {
  const { conversationId, read, calls } = await gallery();
  const observer = new InfiniteQueryObserver(new QueryClient(), newestMedia(read, conversationId, "pictures"));
  const stop = observer.subscribe(() => {});
  await observer.refetch();
  while (observer.getCurrentResult().hasNextPage) await observer.fetchNextPage();
  const pages = observer.getCurrentResult().data?.pages.map(({ messages }) => messages.map(({ seq }) => seq));
  expect(pages).toEqual([range(82, 131), range(32, 81), range(2, 31)]);
  expect(calls).toHaveLength(3);
  stop();
});
