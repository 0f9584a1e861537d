/** Forwarding for tests, through the router. */
import { randomUUID } from "node:crypto";
import type { MessageForwardInput } from "#contracts/messages/forward.ts";
import type { Me } from "#server/me.ts";
import { callerOf, makeFriends, newPerson } from "#tests/_people.ts";

export type Wanted = Partial<MessageForwardInput> & Pick<MessageForwardInput, "conversationId" | "seqs" | "targets">;

export const forward = (me: Me, wanted: Wanted) =>
  callerOf(me).messages.forward({ clientId: randomUUID(), as: "each", showSource: true, ...wanted });

/** What each target answered: its outcome, or the reason of its refusal. */
export const outcomes = async (call: ReturnType<typeof forward>) =>
  (await call).results.map(({ outcome, reason }) => reason ?? outcome);

/** Everything that people said in a conversation, oldest first. */
export async function said(me: Me, conversationId: string) {
  const { messages } = await callerOf(me).messages.page({ conversationId, limit: 100 });
  return messages.filter(({ content }) => content.kind !== "notice");
}

/** Ann is a friend of Ben's and of Cleo's, who do not know each other. */
export async function threePeople() {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  return { ann, ben, cleo, withBen: await makeFriends(ann, ben), withCleo: await makeFriends(ann, cleo) };
}
