/**
 * What devices send: one message at a time per device and conversation, repeated under its name until it is answered.
 */
import { setTimeout as pause } from "node:timers/promises";
import { type Answer, Unanswered } from "#tests/chaos/api.ts";
import type { Device } from "#tests/chaos/device.ts";
import type { Random } from "#tests/chaos/random.ts";
import { type Message, reactionsOf, saidIn } from "#tests/chaos/wire.ts";

/** `seq`: once it was acknowledged. */
export type Outgoing = { conversationId: string; clientId: string; text: string; seq?: number };

/** Larger ones travel by HTTP. */
const mostOverSocket = 40_000;

export const counts = { acked: 0, refused: 0, unanswered: 0, pending: 0 };

export function newId(random: Random): string {
  const hex = random.hex(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** By what every text can be found wherever it turns up: the canary of its conversation, and a watermark of its own. */
export const markedText = (canary: string, clientId: string, text: string) =>
  `${canary} watermark-${clientId.replaceAll("-", "")} ${text}`;

/** Around the 7,900 bytes that a notification takes, and far above; four bytes a character. */
export const largeText = (random: Random) =>
  `${"🜁".repeat(random.chance(0.7) ? random.int(1_600, 2_000) : random.int(2_000, 9_900))}`;

export function someText(random: Random): string {
  if (random.chance(0.004)) return largeText(random);
  const words = ["hello", "再见", "привет", "🙂🙃", "line\nbreak", 'quote " and \\', "e\u0301", "x".repeat(40)];
  const length = random.chance(0.1) ? random.int(5, 40) : random.int(1, 5);
  return Array.from({ length }, () => random.pick(words)).join(" ");
}

/** Resolves when each was stored or refused for good. */
export async function deliver(device: Device, messages: readonly Outgoing[]): Promise<number> {
  for (const { conversationId, clientId, text } of messages) device.journal.write("i", conversationId, clientId, text);
  counts.pending += messages.length;
  let left = [...messages];
  let acked = 0;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt > 0) await pause(Math.min(1_500, 100 * 2 ** attempt) * (0.5 + device.random.next()));
    const answers = await tryOnce(device, left, attempt === 0);
    const again: Outgoing[] = [];
    for (const [at, message] of left.entries()) {
      const how = settle(device, message, answers[at]);
      if (how === "again") again.push(message);
      if (how === "acked") acked += 1;
    }
    left = again;
  }
  return acked;
}

async function tryOnce(device: Device, messages: readonly Outgoing[], first: boolean) {
  for (const { clientId } of messages) device.journal.write("t", clientId);
  const calls = messages.map(({ conversationId, clientId, text }) => ({
    path: "messages.send",
    input: { conversationId, clientId, content: { kind: "text", text } },
  }));
  const size = messages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const overSocket = first && size < mostOverSocket ? await device.callOnLane(calls) : undefined;
  // A lane that broke leaves the same messages to HTTP, under the same names.
  return overSocket ?? device.call(calls).catch((error: unknown) => messages.map(() => asUnanswered(error)));
}

export const asUnanswered = (error: unknown) =>
  error instanceof Unanswered ? error : new Unanswered(error instanceof Error ? error.message : "unknown");

/** Refusals that pass: the session was changed under the call, or it was too much at once. */
export const passing = new Set(["rate_limited", "unauthenticated"]);

/** Writes down what the answer says. */
export function settle(device: Device, outgoing: Outgoing, answer: Answer | Unanswered | undefined) {
  const { conversationId, clientId } = outgoing;
  if (!answer || answer instanceof Unanswered) {
    counts.unanswered += 1;
    device.journal.write("u", clientId, answer?.message ?? "");
    return "again";
  }
  if ("reason" in answer) {
    if (passing.has(answer.reason)) {
      device.journal.write("u", clientId, answer.reason);
      return "again";
    }
    counts.refused += 1;
    counts.pending -= 1;
    device.journal.write("n", conversationId, clientId, answer.reason);
    return "refused";
  }
  counts.acked += 1;
  counts.pending -= 1;
  outgoing.seq = writeAcknowledgement(device, answer.data as SendOutput);
  return "acked";
}

export type SendOutput = { outcome: string; message: Message };

/** What the answer names, not what was asked: an answer to another call must be noticed. Returns its seq. */
export function writeAcknowledgement(device: Device, { outcome, message }: SendOutput): number {
  const { conversationId, clientId, seq, rev } = message;
  device.journal.write("k", conversationId, clientId, seq, rev, outcome, saidIn(message), reactionsOf(message));
  return seq;
}
