/**
 * What devices change of messages: they recall and edit some of their own soon after sending, and react to those that
 * they hold. All are repeated until they are answered, like sends.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Unanswered } from "#tests/chaos/api.ts";
import type { Device } from "#tests/chaos/device.ts";
import type { Random } from "#tests/chaos/random.ts";
import { asUnanswered, type Outgoing, passing, type SendOutput, writeAcknowledgement } from "#tests/chaos/sender.ts";
import { type Message, stateOf } from "#tests/chaos/wire.ts";

/** A reaction, an edit, or a recall. */
type Wish = { conversationId: string; seq: number; emoji?: string; reacted?: boolean; text?: string };

/** Few, so that people meet on the same; one of several code points. */
const emojis = ["👍", "❤️", "😂", "👨‍👩‍👧", "🎉"];
/** Reactions go to so many of the last messages: fresh enough to meet recalls, old enough to meet newcomers. */
const reach = 40;
/** Made reactions that may be taken back. */
const mostMade = 400;

export class Changes {
  pending = 0;
  readonly #devices: Device[];
  readonly #random: Random;
  #edits = 0;
  #made: { personId: string; wish: Wish }[] = [];

  constructor(devices: Device[], random: Random) {
    this.#devices = devices;
    this.#random = random;
  }

  /** Some of what was sent is taken back, at once or after a moment; and some then sent again, as by a late retry. */
  recallLater(device: Device, { conversationId, clientId, text, seq }: Outgoing): void {
    if (seq === undefined || !this.#random.chance(0.04)) return;
    const after = this.#random.chance(0.5) ? 0 : this.#random.int(0, 2_000);
    const again = this.#random.chance(0.2);
    // Now and then by another person, who must be refused.
    const asker = this.#random.chance(0.05) ? this.#random.pick(this.#devices) : device;
    this.#run(async () => {
      await pause(after);
      const done = await change(asker, { conversationId, seq });
      if (!done || !again) return;
      const input = { conversationId, clientId, content: { kind: "text", text } };
      const [answer] = await device.call([{ path: "messages.send", input }]).catch(() => []);
      if (answer && "data" in answer) writeAcknowledgement(device, answer.data as SendOutput);
    });
  }

  /** Some of what was sent is written anew, by a device of its person, so that two may edit the same version. */
  editLater(device: Device, { conversationId, text, seq }: Outgoing): void {
    if (seq === undefined || !this.#random.chance(0.04)) return;
    const after = this.#random.chance(0.5) ? 0 : this.#random.int(0, 2_000);
    const own = this.#devices.filter(({ spec }) => spec.personId === device.spec.personId);
    // Now and then by another person, who must be refused.
    const asker = this.#random.pick(this.#random.chance(0.05) ? this.#devices : own);
    this.#edits += 1;
    const words = `${text.slice(0, 2_000)} edit ${this.#edits}`;
    this.#run(async () => {
      await pause(after);
      await change(asker, { conversationId, seq, text: words });
    });
  }

  /** A device reacts to one of the last messages that it holds, or one of its person takes a reaction back. */
  react(): void {
    if (!this.#random.chance(0.3)) return;
    const made = this.#random.chance(0.35)
      ? this.#made.splice(this.#random.int(0, this.#made.length), 1)[0]
      : undefined;
    if (made) {
      const devices = this.#devices.filter(({ spec }) => spec.personId === made.personId);
      this.#run(() => change(this.#random.pick(devices), { ...made.wish, reacted: false }));
      return;
    }
    const device = this.#random.pick(this.#devices);
    const held = [...device.conversations.all].filter(([, { base, lastSeq }]) => lastSeq > base);
    if (held.length === 0) return;
    const [conversationId, { base, lastSeq }] = this.#random.pick(held);
    const seq = this.#random.int(Math.max(base + 1, lastSeq - reach), lastSeq);
    const wish = { conversationId, seq, emoji: this.#random.pick(emojis), reacted: true };
    this.#run(async () => {
      if (!(await change(device, wish))) return;
      this.#made.push({ personId: device.spec.personId, wish });
      if (this.#made.length > mostMade) this.#made.shift();
    });
  }

  #run(work: () => Promise<unknown>): void {
    this.pending += 1;
    void work().finally(() => {
      this.pending -= 1;
    });
  }
}

/** True when it was done, false when it was refused for good. */
async function change(device: Device, { conversationId, seq, emoji, reacted, text }: Wish): Promise<boolean> {
  device.changes += 1;
  const number = device.changes;
  device.journal.write("w", number, conversationId, seq, emoji ?? null, reacted ?? null, text ?? null);
  const call =
    text === undefined
      ? { path: emoji ? "messages.react" : "messages.recall", input: { conversationId, seq, emoji, reacted } }
      : { path: "messages.edit", input: { conversationId, seq, text, editedAt: null } };
  for (let attempt = 0; ; attempt += 1) {
    if (attempt > 0) await pause(Math.min(1_500, 100 * 2 ** attempt) * (0.5 + device.random.next()));
    const answer = await tryOnce(device, number, call, attempt === 0);
    if (answer instanceof Unanswered) device.journal.write("y", number, answer.message);
    else if ("data" in answer) {
      const { message } = answer.data as { message: Message };
      device.journal.write("v", number, message.conversationId, stateOf(message, []));
      return true;
    } else {
      if (!passing.has(answer.reason)) {
        device.journal.write("z", number, answer.reason);
        return false;
      }
      if (answer.reason === "rate_limited") await pause(answer.retryAfter * 1_000);
    }
  }
}

async function tryOnce(device: Device, number: number, call: { path: string; input: unknown }, first: boolean) {
  const tries = first && device.callsOverSocket;
  const [answer] = (tries ? await device.callOnLane([call]) : undefined) ?? [];
  if (answer) return answer;
  // The socket broke: it may have been done. The same over HTTP has the same effect.
  if (tries) device.journal.write("y", number, "the lane broke");
  try {
    const [again] = await device.call([call]);
    return again ?? new Unanswered("no answer");
  } catch (error) {
    return asUnanswered(error);
  }
}
