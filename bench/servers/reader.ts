/** What a person asks for, in a process of its own: their list, a page of history, and all that a sign-in reads. */
import { randomUUID } from "node:crypto";
import { answerParent } from "#bench/program.ts";
import { chatApp } from "#bench/world/fill-others.ts";
import { signInForToken } from "#server/accounts/sign-in.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readOnline } from "#server/realtime/presence.ts";
import { activeSessions, loadPeople, readFriendIds } from "#server/realtime/realtime-queries.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/root.ts";

export type Page = { me: Me; conversationId: string; before?: number };
export type Question =
  | { type: "list"; people: Me[]; seconds: number }
  | { type: "pages"; pages: Page[]; seconds: number }
  | { type: "signIn"; logins: string[]; password: string; seconds: number };

const createCaller = createCallerFactory(appRouter);
const callerOf = (me: Me) =>
  createCaller({ findMe: async () => me, headers: new Headers(), address: "", requestId: "" });

/** A password, a session, and what the worker and the page ask for when its socket signs in. */
async function signIn(login: string, password: string): Promise<void> {
  const { sessionId, person } = await signInForToken({ address: randomUUID() }, { login, password });
  const me = { personId: person.id, sessionId };
  const active = await activeSessions(sql(), [me]);
  if (!active.has(sessionId)) throw new Error("a new session stands");
  await loadPeople(sql(), [me.personId]);
  const friends = await readFriendIds(sql(), [me.personId]);
  await readOnline(sql(), chatApp, friends.get(me.personId) ?? []);
  await callerOf(me).conversations.heads();
}

/** One after the other until the time is over; returns how many. */
async function repeat<T>(all: readonly T[], seconds: number, call: (one: T) => Promise<unknown>): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let count = 0;
  while (performance.now() < end) {
    const one = all[count % all.length];
    if (one === undefined) throw new Error("there is nothing to ask for");
    await call(one);
    count += 1;
  }
  return count;
}

setInterval(() => {}, 60_000); // the channel to the parent alone keeps nothing alive
answerParent<Question>(true, async (question) => {
  const { seconds } = question;
  switch (question.type) {
    case "list":
      return repeat(question.people, seconds, (me) => callerOf(me).conversations.list());
    case "pages":
      return repeat(question.pages, seconds, ({ me, ...page }) => callerOf(me).messages.page(page));
    case "signIn":
      return repeat(question.logins, seconds, (login) => signIn(login, question.password));
  }
});
