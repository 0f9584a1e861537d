/**
 * The express path and the ordinary road must be the same to everybody: two worlds with the same people do the same
 * things, one with frames that the express path takes, one with frames that it leaves to the ordinary road.
 */
import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { messageSendInput } from "#contracts/messages/message.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { muteMember } from "#server/communities/moderation/mute.ts";
import { changeRules } from "#server/communities/moderation/rules.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { readPlainMessage } from "#server/rpc/plain-message.ts";
import { isText, type Listener, textsOf } from "#tests/_listener.ts";
import { allowRefusal, makeFriends, newPerson, type TestPerson } from "#tests/_people.ts";
import { withWorkers } from "#tests/realtime/_app.ts";

const { onWorker } = withWorkers(1);

const names = ["ann", "ben", "cleo", "eve"] as const;
type World = {
  people: TestPerson[];
  devices: Listener[];
  /** A direct conversation of ann and ben, and a community of ann without history for newcomers. */
  conversations: string[];
  clientIds: string[];
  send(by: number, to: number, client: number, text: unknown): Promise<unknown>;
};

/** An unknown key is dropped by the schema, and is not what the express path takes. */
async function makeWorld(extra: object): Promise<World> {
  const people = await Promise.all(names.map((name) => newPerson(name)));
  const [ann, ben, cleo] = people as [TestPerson, TestPerson, TestPerson];
  const direct = await makeFriends(ann, ben);
  const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
  await joinCommunity(ben, { communityId: community.id });
  await joinCommunity(cleo, { communityId: community.id });
  const devices = await Promise.all(people.map((person) => onWorker(0, person)));
  const conversations = [direct, community.id];
  const clientIds = Array.from({ length: 40 }, () => randomUUID());
  return {
    people,
    devices,
    conversations,
    clientIds,
    send: async (by, to, client, text) => {
      const input = { conversationId: conversations[to], clientId: clientIds[client], content: { kind: "text", text } };
      return devices[by]?.call("messages.send", { ...input, ...extra });
    },
  };
}

/** What differs between two worlds by its nature becomes a name: ids by their place, times. */
function named(world: World, value: unknown): unknown {
  const ids = [...world.people.map(({ personId }) => personId), ...world.conversations, ...world.clientIds];
  const text = JSON.stringify(value ?? null)
    .replace(/"(sentAt|joinedAt|leftAt|createdAt)":"[^"]+"/g, '"$1":"then"')
    .replace(/"(id|requestId)":"[^"]+"/g, '"$1":""')
    .replace(/"retryAfter":\d+/g, '"retryAfter":0');
  const known = ids.reduce((all, id, at) => all.replaceAll(id, `id ${at}`), text);
  // Notices have client ids of their own.
  return JSON.parse(known.replace(/"clientId":"[0-9a-f-]{36}"/g, '"clientId":""'));
}

const rowsOf = (world: World) => sql()`
  select conversation_id, seq, rev, sender_id, client_id, kind, content, preview, changed_at from messages
  where conversation_id = any(${world.conversations}::uuid[]) order by array_position(${world.conversations}::uuid[], conversation_id), seq`;
const countersOf = ({ conversations, people }: World) => sql()`
  select c.last_seq, c.rev, m.person_id, m.last_read_seq from conversations c
  join memberships m on m.conversation_id = c.id
  where c.id = any(${conversations}::uuid[])
  order by array_position(${conversations}::uuid[], c.id),
    array_position(${people.map(({ personId }) => personId)}::uuid[], m.person_id)`;

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("**bold** `code`", "a\nb", "tab\there", 'q"uo\\te, {brace}', "100 %s %1$s %%"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "  ", "\u2028", "nul\u0000", "\ud800", "line\r\nend", "字".repeat(10_001), 7),
  },
  { weight: 1, arbitrary: fc.constant("長".repeat(4_000)) },
);
const sending = fc.record({
  kind: fc.constant("send" as const),
  by: fc.nat({ max: 3 }),
  to: fc.nat({ max: 1 }),
  client: fc.nat({ max: 39 }),
  text,
});
const moving = fc.record({
  kind: fc.constantFrom("block", "unblock", "leave", "join", "remove", "mute", "muteAll", "slow"),
  by: fc.nat({ max: 2 }),
});
const step = fc.oneof({ weight: 5, arbitrary: sending }, { weight: 1, arbitrary: moving });

async function move({ people, conversations }: World, kind: string, by: number): Promise<void> {
  const [ann, ben] = people;
  const [me, communityId = ""] = [people[by], conversations[1]];
  if (!ann || !ben || !me) return;
  if (kind === "block") await blockPerson(ann, { personId: ben.personId });
  else if (kind === "unblock") await unblockPerson(ann, { personId: ben.personId });
  else if (kind === "leave") await leaveCommunity(me, { communityId }).catch(allowRefusal);
  else if (kind === "join") await joinCommunity(me, { communityId }).catch(allowRefusal);
  else if (kind === "mute") {
    const muted = { communityId, personId: me.personId, muted: { until: null } };
    await muteMember(ann, muted).catch(allowRefusal);
  } else if (kind === "muteAll") await changeRules(ann, { communityId, mutedAll: by > 0 });
  // A day, so that the pause is not over before the last message.
  else if (kind === "slow") await changeRules(ann, { communityId, slowSeconds: by > 0 ? 86_400 : 0 });
  else await removeFromCommunity(ann, { communityId, personId: me.personId }).catch(allowRefusal);
}

/**
 * Messages that each device heard, once a last one has reached everybody who may hear it. What people who left heard of the
 * community around that moment depends on how fast the worker read it, so of them only the order counts.
 */
async function heardBy(world: World, left: ReadonlySet<number>): Promise<unknown> {
  await unblockPerson(world.people[0] as TestPerson, { personId: world.people[1]?.personId ?? "" });
  const members = await sql()<{ personId: string; conversationId: string }[]>`
    select person_id, conversation_id from memberships
    where conversation_id = any(${world.conversations}::uuid[]) and left_at is null`;
  for (const [at, conversationId] of world.conversations.entries()) {
    const last = `last of ${randomUUID()}`;
    await world.devices[0]?.call("messages.send", {
      conversationId,
      clientId: randomUUID(),
      content: { kind: "text", text: last },
    });
    const reached = members.filter((one) => one.conversationId === world.conversations[at]);
    await Promise.all(
      reached.map(({ personId }) => {
        const place = world.people.findIndex((person) => person.personId === personId);
        return world.devices[place]?.until(isText(last));
      }),
    );
  }
  // The order is promised within a conversation.
  return world.devices.map(({ heard }, person) =>
    world.conversations.map((conversationId, place) => {
      const messages = heard.flatMap((event) =>
        event.type === "message.sent" &&
        event.conversationId === conversationId &&
        !String(event.message.content.text).startsWith("last of ")
          ? [event]
          : [],
      );
      if (place === 0 || !left.has(person)) return messages.map((event) => named(world, event));
      return messages.every(({ rev }, at) => rev > (messages[at - 1]?.rev ?? 0)) ? "in order" : messages;
    }),
  );
}

test("both roads give the same answers, rows and events, whatever is sent and however people move", {
  timeout: 120_000,
}, async () => {
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const worlds = await Promise.all([makeWorld({}), makeWorld({ ordinary: true })]);
      const left = new Set(steps.flatMap((one) => (/leave|remove/.test(one.kind) ? [one.by] : [])));
      const [express, ordinary] = await Promise.all(
        worlds.map(async (world) => {
          const answers: unknown[] = [];
          for (const one of steps) {
            if (one.kind === "send") {
              const { by, to, client, text: words } = one as { by: number; to: number; client: number; text: unknown };
              answers.push(named(world, await world.send(by, to, client, words)));
            } else await move(world, one.kind, one.by);
          }
          const rows = named(world, await rowsOf(world));
          const counters = named(world, await countersOf(world));
          return { answers, rows, counters, heard: await heardBy(world, left) };
        }),
      );
      expect(express).toEqual(ordinary);
      stored += express?.answers.filter((one) => JSON.stringify(one).includes('"stored"')).length ?? 0;
    }),
    { numRuns: 12, endOnFailure: true },
  );
  expect(stored).toBeGreaterThan(20);
});

test("what the express path accepts, the schema accepts as it is", () => {
  const uuid = fc.oneof(
    fc.uuid(),
    fc.uuid().map((id) => id.toUpperCase()),
    fc.string(),
  );
  const content = fc.record(
    { kind: fc.constantFrom("text", "news"), text: fc.oneof(text, fc.anything()), mentions: fc.anything() },
    { requiredKeys: ["kind", "text"] },
  );
  const input = fc.oneof(
    fc.record({
      conversationId: fc.uuid(),
      clientId: fc.uuid(),
      content: fc.record({ kind: fc.constant("text"), text }),
    }),
    fc.record({ conversationId: uuid, clientId: uuid, content }, { requiredKeys: [] }),
    fc.anything(),
  );
  let accepted = 0;
  fc.assert(
    fc.property(input, (value) => {
      const plain = readPlainMessage(value);
      if (!plain) return;
      accepted += 1;
      expect(messageSendInput.parse(value)).toEqual(plain);
      expect(plain).toEqual(value);
    }),
    { numRuns: 3_000 },
  );
  expect(accepted).toBeGreaterThan(500);
});

test("messages of one socket keep their order, whichever road each takes", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const device = await onWorker(0, ann);
  const texts = Array.from({ length: 60 }, (_, at) => `line ${at}`);
  const sent = texts.map((words, at) => {
    const input = { conversationId, clientId: randomUUID(), content: { kind: "text", text: words } };
    // Every seventh is for the ordinary road.
    return device.call("messages.send", at % 7 === 3 ? { ...input, ordinary: true } : input);
  });
  await Promise.all(sent);
  await device.until(isText("line 59"));
  expect(textsOf(device, conversationId)).toEqual(texts);
});
