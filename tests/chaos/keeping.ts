/**
 * What devices change for their person alone, settings, stars and deleted messages, and what they pin for everyone. Each
 * is repeated until it is answered, like sends; two devices of one person meet on the same.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Unanswered } from "#tests/chaos/api.ts";
import type { Device } from "#tests/chaos/device.ts";
import type { Random } from "#tests/chaos/random.ts";
import { asUnanswered, passing } from "#tests/chaos/sender.ts";

/** Few messages, so that devices meet on the same. */
const reach = 12;

export class Keeping {
  pending = 0;
  readonly #devices: Device[];
  readonly #random: Random;

  constructor(devices: Device[], random: Random) {
    this.#devices = devices;
    this.#random = random;
  }

  /** Now and then one device changes something. */
  keep(): void {
    if (!this.#random.chance(0.25)) return;
    const device = this.#random.pick(this.#devices);
    const [conversationId] = this.#random.shuffle([...device.kept.ids]);
    const held = conversationId === undefined ? undefined : device.conversations.all.get(conversationId);
    if (conversationId === undefined || !held || held.lastSeq <= held.base) return;
    const seq = this.#random.int(Math.max(held.base + 1, held.lastSeq - reach), held.lastSeq);
    this.pending += 1;
    void untilAnswered(device, this.#wish(conversationId, seq)).finally(() => {
      this.pending -= 1;
    });
  }

  #wish(conversationId: string, seq: number): { path: string; input: object } {
    const is = this.#random.chance(0.6);
    const chance = this.#random.next();
    if (chance < 0.25) return { path: "messages.star", input: { conversationId, seqs: [seq], starred: is } };
    if (chance < 0.5) return { path: "messages.hide", input: { conversationId, seqs: [seq], hidden: is } };
    if (chance < 0.75) return { path: "messages.pin", input: { conversationId, seq, pinned: is } };
    const muted = is ? { until: null, exceptMentions: this.#random.chance(0.5) } : null;
    const setting = this.#random.pick([{ pinned: is }, { archived: is }, { markedUnread: is }, { muted }]);
    return { path: "conversations.configure", input: { conversationId, ...setting } };
  }
}

/** A change that is one whatever stood there before: no time is muted until twice. */
export async function muteAnew(device: Device, conversationId: string): Promise<boolean> {
  const until = new Date(Date.UTC(2999) + device.random.int(0, 1_000_000_000)).toISOString();
  const input = { conversationId, muted: { until, exceptMentions: false } };
  await untilAnswered(device, { path: "conversations.configure", input });
  return true;
}

async function untilAnswered(device: Device, call: { path: string; input: object }): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    if (attempt > 0) await pause(Math.min(1_500, 100 * 2 ** attempt) * (0.5 + device.random.next()));
    const [answer] = await device.call([call]).catch((error: unknown) => [asUnanswered(error)]);
    if (!answer || answer instanceof Unanswered) continue;
    if ("data" in answer) return device.journal.write("keeps", call.path);
    if (!passing.has(answer.reason)) return device.journal.write("keeps-not", call.path, answer.reason);
    // A person who changes too much waits a while, and leaves it.
    if (answer.reason === "rate_limited") return;
  }
}
