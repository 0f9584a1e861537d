import { expect, test } from "vitest";
import WebSocket from "ws";
import type { InboxHeads } from "#contracts/realtime.ts";
import { sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { sendMessages } from "#server/messages/store.ts";
import { makeTicket } from "#server/realtime/ticket.ts";
import { callerOf, makeFriends, newPerson, say } from "#tests/_people.ts";
import { withWorkers } from "#tests/realtime/_app.ts";

const { onWorker, port } = withWorkers(1);
const patience = { timeout: 15_000 };

type Frame = { event: string; data: unknown };

/** A subscribed socket that can stop reading, like a phone without reception. */
async function openReader(me: Me) {
  const ws = new WebSocket(`ws://127.0.0.1:${port(0)}/app/${env().realtimeKey}?protocol=7`);
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  ws.on("message", (data) => {
    const { event, data: payload } = JSON.parse(data.toString());
    frames.push({ event, data: typeof payload === "string" ? JSON.parse(payload) : payload });
    for (const look of waiting) look();
  });
  const until = (fits: (frame: Frame) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => frames.some(fits) && resolve();
      waiting.add(look);
      look();
    });
  await until((frame) => frame.event === "pusher:connection_established");
  const say = (event: string, data: unknown) => ws.send(JSON.stringify({ event, data }));
  say("pusher:signin", { auth: makeTicket(me).ticket, user_data: JSON.stringify({ id: me.personId }) });
  say("pusher:subscribe", { channel: "private-inbox" });
  await until((frame) => frame.event === "pusher_internal:subscription_succeeded");
  return { ws, frames, until };
}

test("a slow consumer gets a bounded backlog, then a resync, then events again", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const slow = await openReader(ben);
  const other = await onWorker(0, ben);
  slow.ws.pause();
  const text = "x".repeat(6_000);
  // More than the system buffers for a connection: about 10 MB.
  for (let batch = 0; batch < 12; batch += 1) {
    const many = Array.from({ length: 140 }, () => ({
      me: ann,
      conversationId,
      clientId: crypto.randomUUID(),
      content: { kind: "text" as const, text },
      preview: "x",
    }));
    await sendMessages(sql(), many, { rate: 1e6, burst: 1e6, wait: true, quiet: false });
  }
  await say(ann, conversationId, "the last");
  // Other sockets are not delayed. This one shares a process with the sender, so it may have fallen behind for a moment
  // too.
  const head = await headOf(ben, conversationId);
  const revs = () => other.heard.flatMap((event) => (event.scope === "conversation" ? [event.rev] : []));
  await expect
    .poll(() => Math.max(...revs(), ...other.heads.map((one) => one.heads[conversationId] ?? 0)), patience)
    .toBe(head);
  slow.ws.resume();
  await slow.until((frame) => frame.event === "im:resync");
  await say(ann, conversationId, "after");
  // It reaches the current rev by an event, or by a resync when it was still behind.
  await slow.until(() => read(slow.frames, conversationId).have === head + 1);
  const { gaps, delivered } = read(slow.frames, conversationId);
  expect(gaps).toEqual([]);
  expect(delivered).toBeLessThan(1_600);
  slow.ws.terminate();
});

async function headOf(me: Me, conversationId: string): Promise<number> {
  const { heads } = await callerOf(me).conversations.heads();
  return heads.find((one) => one.id === conversationId)?.rev ?? 0;
}

/** Applies frames as a client does: a resync must directly precede every gap. */
function read(frames: Frame[], conversationId: string) {
  let have = 0;
  let delivered = 0;
  const gaps: number[] = [];
  for (const { event, data } of frames) {
    if (event === "im:resync" || event === "pusher_internal:subscription_succeeded") {
      have = (data as InboxHeads).heads[conversationId] ?? -1;
    } else if (event === "message.sent") {
      const { rev } = data as { rev: number };
      if (rev !== have + 1) gaps.push(rev);
      have = rev;
      delivered += 1;
    }
  }
  return { have, delivered, gaps };
}
