/** People for server tests, made through the verbs. Handles are random, so that files and tests do not meet. */

import { randomBytes, randomUUID } from "node:crypto";
import type { SignUpInput } from "#contracts/accounts.ts";
import { signInForCookie } from "#server/accounts/sign-in.ts";
import { signUp } from "#server/accounts/sign-up.ts";
import { closePrisma } from "#server/db/prisma.ts";
import { closeSql, sql, type Tx } from "#server/db/sql.ts";
import { acceptFriend } from "#server/friends/accept.ts";
import { requestFriend } from "#server/friends/request.ts";
import type { Me } from "#server/me.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { Refusal } from "#server/refusal.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/root.ts";

export const testPassword = "correct horse";
export const someHandle = (name: string) => `${name}_${randomBytes(4).toString("hex")}`;

export type TestPerson = Me & { handle: string; number: number };

/** Signed up and signed in by cookie. Each comes from an address of their own, so that throttles do not meet either. */
export async function newPerson(name: string, more: Partial<SignUpInput> = {}): Promise<TestPerson> {
  const address = randomUUID();
  const handle = someHandle(name);
  const person = await signUp(address, { handle, displayName: name, password: testPassword, ...more });
  const { personId, sessionId } = await signInForCookie({ address }, { login: handle, password: testPassword });
  return { personId, sessionId, handle, number: person.number };
}

/** Makes two people friends and answers their conversation. */
export async function makeFriends(a: Me, b: Me): Promise<string> {
  await requestFriend(a, { personId: b.personId });
  return (await acceptFriend(b, { personId: a.personId })).conversationId;
}

export async function say(me: Me, conversationId: string, text: string, clientId: string = randomUUID()) {
  return sendMessage(me, { conversationId, clientId, content: { kind: "text", text } });
}

/** Says the handles of people, each of which mentions them. */
export async function mention(me: Me, conversationId: string, people: readonly TestPerson[]) {
  const words = people.map(({ handle }) => `@${handle}`);
  const starts = words.map((_, at) => words.slice(0, at).join(" ").length + Math.min(at, 1));
  const mentions = people.map(({ personId, handle }, at) => ({
    personId,
    start: starts[at] ?? 0,
    length: handle.length + 1,
  }));
  const content = { kind: "text" as const, text: words.join(" ") || "no one", mentions };
  return sendMessage(me, { conversationId, clientId: randomUUID(), content });
}

/** The router with a person's session, validation and refusals included; null is signed out. */
export function callerOf(me: Me | null) {
  return createCallerFactory(appRouter)({
    findMe: async () => me,
    headers: new Headers(),
    address: randomUUID(),
    requestId: randomUUID(),
  });
}

/** A bearer session of a person, as a program opens one. */
export const bearerOf = ({ handle }: TestPerson) =>
  callerOf(null).accounts.signIn({ login: handle, password: testPassword, label: "a program" });

/** The code of a new link into a community. */
export const linkTo = async (me: Me, communityId: string): Promise<string> =>
  (await callerOf(me).communities.createInvite({ communityId })).code;

/** The reason of a refusal, or "no refusal". Never the text of a bug. */
export async function reasonFor(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "no refusal";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Holds a transaction open while the product works beside it, on connections of its own; commits at the end. */
export async function besideTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return (await sql().begin(work)) as T; // one value: the type is for arrays of queries
}

export async function closeDatabase(): Promise<void> {
  await closeSql();
  await closePrisma();
}

/** For `catch`, where an operation may be refused; any other error goes on. */
export function allowRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
