import { afterAll, expect, test } from "vitest";
import { limits } from "#contracts/limits.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { envelopesOf, expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

const hear = (me: Me, conversationId: string, seqs: number[]) => callerOf(me).messages.hear({ conversationId, seqs });
const heardBy = async (me: Me, conversationId: string) => (await callerOf(me).messages.marks({ conversationId })).heard;

/** Voices without files: what is marked is the message. */
const makeVoices = (conversationId: string) =>
  sql()`update messages set kind = 'voice' where conversation_id = ${conversationId} and kind = 'text'`;

/** The notice of their friendship is message 1, then come ben's voices. */
async function talk(voices: number) {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (let n = 0; n < voices; n += 1) await say(ben, conversationId, `voice ${n}`);
  await makeVoices(conversationId);
  return { ann, ben, conversationId };
}

test("what I heard is mine alone, on all my devices, and repeating says nothing", async () => {
  const { ann, ben, conversationId } = await talk(3);
  const heard = await envelopesOf(async () => {
    expect((await hear(ann, conversationId, [4, 2])).changed).toEqual([2, 4]);
    expect((await hear(ann, conversationId, [2, 2])).changed).toEqual([]);
  });
  expect(heard).toMatchObject([{ personId: ann.personId, event: { type: "heard_voices.changed", seqs: [2, 4] } }]);
  expect(await heardBy(ann, conversationId)).toEqual([2, 4]);
  expect(await heardBy(ben, conversationId)).toEqual([]);
  await expectParity([ann, ben], [conversationId], () => hear(ann, conversationId, [3]));
});

test("only a voice that I may read is heard, all of them or none", async () => {
  const { ann, conversationId } = await talk(2);
  expect(await reasonFor(hear(ann, conversationId, [1, 2]))).toBe("forbidden");
  expect(await reasonFor(hear(ann, conversationId, [2, 99]))).toBe("not_found");
  expect(await heardBy(ann, conversationId)).toEqual([]);
});

test("a member who joined late hears nothing from before", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await callerOf(ann).communities.create({
    name: "Kites",
    joinPolicy: "open",
    historyVisibleToNewMembers: false,
  });
  const { message } = await say(ann, community.id, "before");
  await callerOf(ben).communities.join({ communityId: community.id });
  const { message: after } = await say(ann, community.id, "after");
  await makeVoices(community.id);
  expect(await reasonFor(hear(ben, community.id, [message.seq, after.seq]))).toBe("not_found");
  expect((await hear(ben, community.id, [after.seq])).changed).toEqual([after.seq]);
});

test("of very many the newest are kept", async () => {
  const { ann, conversationId } = await talk(3);
  await sql()`insert into heard_voices (person_id, conversation_id, seq)
    select ${ann.personId}, ${conversationId}, n from generate_series(4, ${limits.heardVoices + 2}) as n`;
  await expectParity([ann], [conversationId], () => hear(ann, conversationId, [2, 3]));
  const heard = await heardBy(ann, conversationId);
  expect([heard.length, heard[0]]).toEqual([1_000, 3]);
});
