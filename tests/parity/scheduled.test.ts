import { randomUUID } from "node:crypto";
import { afterAll, test } from "vitest";
import { callerOf, closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";
import { inDays, runJob, schedule, words } from "#tests/_schedule.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

test("scheduling, changing, failing, sending and deleting agree with the list", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  const { messages } = callerOf(ann);
  const agree = (act: () => Promise<unknown>) => expectParity([ann, ben], [conversationId], act);
  await agree(() => schedule(ann, conversationId, { clientId: first, sendAt: inDays(2) }));
  await agree(() => schedule(ann, conversationId, { clientId: second, sendAt: inDays(3) }));
  await agree(() => messages.reschedule({ clientId: second, sendAt: inDays(1), content: words("sooner") }));
  await agree(() => messages.unschedule({ clientId: second }));
  await agree(() => messages.sendScheduled({ clientId: first }));
  await schedule(ann, conversationId, { clientId: third });
  await callerOf(ben).friends.block({ personId: ann.personId });
  await agree(() => runJob(ann, third));
});
