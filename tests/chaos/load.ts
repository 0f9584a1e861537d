/**
 * The steady load of one client process: some device, some of its conversations, a message in each; now and then a
 * mark, a recall, an edit, a reaction, or something that a person keeps.
 */
import { Changes } from "#tests/chaos/changes.ts";
import type { Device } from "#tests/chaos/device.ts";
import { Keeping } from "#tests/chaos/keeping.ts";
import type { Random } from "#tests/chaos/random.ts";
import { counts, deliver, markedText, newId, type Outgoing, someText } from "#tests/chaos/sender.ts";

/** Turns under way at once, and messages in one turn: enough to fill the servers' batches, few enough to stay fair. */
const mostTurns = 40;
const mostInTurn = 4;

export class Load {
  readonly changes: Changes;
  readonly #keeping: Keeping;
  readonly #devices: Device[];
  readonly #canaries: ReadonlyMap<string, string>;
  readonly #random: Random;
  readonly #rate: number;
  /** `device conversation` pairs with a message on its way: one at a time keeps a sender's order. */
  readonly #busy = new Set<string>();
  #turns = 0;
  #tokens = 0;
  #at = Date.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    devices: Device[],
    canaries: ReadonlyMap<string, string>,
    { random, rate }: { random: Random; rate: number },
  ) {
    this.#devices = devices;
    this.#canaries = canaries;
    this.#random = random;
    this.changes = new Changes(devices, random.fork("changes"));
    this.#keeping = new Keeping(devices, random.fork("keeping"));
    this.#rate = rate;
  }

  get pending(): number {
    return this.#turns + this.changes.pending + this.#keeping.pending;
  }

  start(): void {
    this.#timer = setInterval(() => this.#pump(), 10);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #pump(): void {
    const now = Date.now();
    this.#tokens = Math.min(100, this.#tokens + ((now - this.#at) / 1_000) * this.#rate);
    this.#at = now;
    while (this.#timer && this.#turns < mostTurns && (this.#rate === 0 || this.#tokens >= 1)) {
      const sent = this.#turn(this.#random.pick(this.#devices));
      if (sent === 0) return;
      this.#tokens -= sent;
    }
  }

  /** True when this device may send there now; it may not again until `release`. */
  claim(device: Device, conversationId: string): boolean {
    const key = `${device.spec.name} ${conversationId}`;
    if (this.#busy.has(key)) return false;
    this.#busy.add(key);
    return true;
  }

  release(device: Device, conversationId: string): void {
    this.#busy.delete(`${device.spec.name} ${conversationId}`);
  }

  compose(conversationId: string, text: string, clientId = newId(this.#random)): Outgoing {
    const canary = this.#canaries.get(conversationId) ?? "";
    return { conversationId, clientId, text: markedText(canary, clientId, text) };
  }

  #turn(device: Device): number {
    const held = [...device.conversations.all.keys()];
    const chosen = this.#random.shuffle(held).slice(0, this.#random.int(1, mostInTurn));
    const free = chosen.filter((id) => this.claim(device, id));
    if (free.length === 0) return 0;
    const messages = free.map((id) => this.compose(id, someText(this.#random)));
    this.#turns += 1;
    this.changes.react();
    this.#keeping.keep();
    void deliver(device, messages).finally(() => {
      for (const message of messages) {
        this.changes.recallLater(device, message);
        this.changes.editLater(device, message);
      }
      for (const id of free) this.release(device, id);
      this.#turns -= 1;
      if (this.#random.chance(0.02)) void markRead(device, free[0] ?? "");
      this.#pump();
    });
    return free.length;
  }

  progress() {
    const frames = this.#devices.reduce((sum, device) => sum + device.counts.frames, 0);
    const broken = this.#devices.reduce((sum, device) => sum + device.counts.broken, 0);
    const lane = this.#devices.reduce((sum, device) => sum + device.counts.lane, 0);
    const ready = this.#devices.filter((device) => device.ready).length;
    return { ...counts, ready, devices: this.#devices.length, frames, broken, lane };
  }
}

/** Up to the last message that this device holds. */
async function markRead(device: Device, conversationId: string): Promise<boolean> {
  const seq = device.conversations.all.get(conversationId)?.lastSeq;
  if (seq === undefined) return false;
  try {
    const [answer] = await device.call([{ path: "conversations.markRead", input: { conversationId, seq } }]);
    return answer !== undefined && "data" in answer;
  } catch {
    return false;
  }
}
