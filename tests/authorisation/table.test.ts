import { afterAll, expect, test } from "vitest";
import { appRouter } from "#server/trpc/root.ts";
import { callerOf, closeDatabase, reasonFor } from "#tests/_people.ts";
import { communityRows } from "#tests/authorisation/_community-rows.ts";
import { conversationRows } from "#tests/authorisation/_conversation-rows.ts";
import { personalRows } from "#tests/authorisation/_personal-rows.ts";
import type { Row } from "#tests/authorisation/_row.ts";
import { actors, makeWorld } from "#tests/authorisation/_world.ts";

afterAll(closeDatabase);
const rows = [...conversationRows, ...communityRows, ...personalRows];

const marks: Record<string, string> = { unauthenticated: "–", not_found: "×", "no refusal": "✓" };

/** A call by its path, as a client makes it. */
function callAt(path: string, caller: unknown, input: unknown): Promise<unknown> {
  const verb = path.split(".").reduce((part, name) => (part as Record<string, unknown>)[name], caller);
  return (verb as (input: unknown) => Promise<unknown>)(input);
}

async function answersOf({ path, input }: Row): Promise<string> {
  const world = await makeWorld();
  const answers: string[] = [];
  for (const actor of actors) {
    const caller = callerOf(actor === "anonymous" ? null : world.people[actor]);
    const reason = await reasonFor(callAt(path, caller, input?.(world, actor)));
    answers.push(marks[reason] ?? reason);
  }
  return answers.join(" ");
}

test.each(rows.map((row) => [`${row.path}: ${row.object}`, row] as const))("%s", async (_, row) => {
  expect(await answersOf(row)).toBe(row.answers);
});

test("what is another person's stays as it is where an answer is no refusal", async () => {
  const { people, friend, fileId, scheduledId, folderId } = await makeWorld();
  const { accounts, media, messages } = callerOf(people.stranger);
  expect(await accounts.sessions.revoke({ sessionId: friend.sessionId })).toEqual({ revoked: 0 });
  await media.cancel({ fileId });
  expect(await media.status({ fileIds: [fileId] })).toEqual({ files: [] });
  expect((await callerOf(people.owner).media.status({ fileIds: [fileId] })).files).toMatchObject([{ fileId }]);
  await messages.unschedule({ clientId: scheduledId });
  expect((await callerOf(people.owner).messages.scheduled()).messages).toMatchObject([{ clientId: scheduledId }]);
  await callerOf(people.stranger).conversations.deleteFolder({ folderId });
  expect((await callerOf(people.owner).conversations.folders()).folders).toMatchObject([{ id: folderId }]);
  expect((await callerOf(friend).accounts.sessions.list()).sessions).toHaveLength(1);
});

test("every procedure has a row", () => {
  const named = new Set(rows.map(({ path }) => path));
  expect(Object.keys(appRouter._def.procedures).filter((path) => !named.has(path))).toEqual([]);
});
