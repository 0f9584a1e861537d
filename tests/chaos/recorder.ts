/** Writes a run down by hand: what happens in the tables, and what each device sees and does of it. */
import {
  canaryOf,
  changedOf,
  frameOf,
  type MessageRow,
  messageOf,
  type PlaceRecord,
  type PlaceRow,
  type Recorded,
  sentOf,
  watermarkOf,
} from "#tests/chaos/record.ts";
import { changeRows, type Wish } from "#tests/chaos/recorded-changes.ts";
import { type Mirror, writeEnd } from "#tests/chaos/recorded-end.ts";
import { type ReactionChange, stateOf } from "#tests/chaos/wire.ts";

export class Recorder {
  readonly run: Recorded = { people: [], places: new Map(), devices: new Map(), driver: [], demands: {} };
  readonly #mirrors = new Map<string, Mirror>();
  readonly #mute = new Set<string>();
  #clock = 1_000;
  #clients = 0;
  #changes = 0;

  tick = (): number => {
    this.#clock += 100;
    return this.#clock;
  };

  write(device: string, kind: string, ...rest: unknown[]): void {
    this.run.devices.get(device)?.push([kind, this.#clock, ...rest]);
  }

  person(name: string, devices: number): void {
    this.run.people.push(name);
    for (let n = 1; n <= devices; n += 1) {
      this.run.devices.set(`${name}-${n}`, []);
      this.write(`${name}-${n}`, "device", `${name}-${n}`, name);
      this.write(`${name}-${n}`, "on", 1, 0);
    }
  }

  devicesOf = (person: string) => [...this.run.devices.keys()].filter((name) => name.startsWith(`${person}-`));

  place(id: string): PlaceRecord {
    const found = this.run.places.get(id);
    if (!found) throw new Error(`no place ${id}`);
    return found;
  }

  found(id: string, owner: string, members: string[]): void {
    const row: PlaceRow = { is: "conversation", id, rev: 2, lastSeq: 0, history: false, canary: canaryOf(id) };
    this.run.places.set(id, { row, members: [], messages: [], reactions: [], kept: [], receipts: [] });
    this.#enter(id, owner, 1);
    this.#store(id, owner, "notice:community_created:");
    for (const member of members) this.join(id, member);
  }

  #enter(id: string, personId: string, visibleFromSeq: number): void {
    const { row, members } = this.place(id);
    row.rev += 1;
    const known = members.find((member) => member.personId === personId);
    const entry = { is: "member" as const, personId, visibleFromSeq, rev: row.rev, left: false, lastReadSeq: 0 };
    if (known) Object.assign(known, entry);
    else members.push(entry);
  }

  #store(id: string, sender: string, said: string, client = `client-${++this.#clients}`): MessageRow {
    const { row, messages } = this.place(id);
    row.rev += 1;
    row.lastSeq += 1;
    const at = this.tick();
    const { lastSeq: seq, rev } = row;
    const unchanged = { reactions: [], earlier: [] };
    const message: MessageRow = { is: "message", place: id, seq, rev, sender, client, said, at, ...unchanged };
    messages.push(message);
    return message;
  }

  /** Everyone who is in hears it and applies it; a device that is mute asks later. */
  #tell(message: MessageRow): void {
    for (const { personId, left } of this.place(message.place).members) {
      for (const device of left ? [] : this.devicesOf(personId)) {
        const mirror = this.#mirrors.get(`${device} ${message.place}`);
        if (!mirror || this.#mute.has(device)) continue;
        this.write(device, "f", 1, sentOf(message));
        this.#apply(device, mirror, message);
      }
    }
  }

  #apply(device: string, mirror: Mirror, { place, rev, seq, client }: MessageRow): void {
    mirror.rev = rev;
    if (seq <= mirror.lastSeq) this.write(device, "m", place, rev, seq);
    else this.write(device, "a", place, rev, seq, client);
    mirror.lastSeq = Math.max(mirror.lastSeq, seq);
  }

  /** One of the three changes, asked for by a device; `lost`: the answer came only to the repetition. */
  change(device: string, id: string, seq: number, wish?: Wish, answer: "acked" | "lost" = "acked"): void {
    const personId = device.split("-")[0] ?? "";
    this.#changes += 1;
    const number = this.#changes;
    this.write(device, "w", number, id, seq, wish?.emoji ?? null, wish?.reacted ?? null, wish?.text ?? null);
    if (answer === "lost") this.write(device, "y", number, "cut");
    this.tick();
    const message = changeRows(this.place(id), seq, personId, wish);
    this.write(device, "v", number, id, stateOf(messageOf(message), []));
    this.#tellChange(message, wish?.emoji === undefined ? undefined : [{ personId, ...wish }]);
  }

  /** A member who may not see the message learns only that something changed, and asks. */
  #tellChange(message: MessageRow, changes?: ReactionChange[]): void {
    const { place: id, rev, seq } = message;
    for (const { personId, left, visibleFromSeq } of this.place(id).members) {
      for (const device of left ? [] : this.devicesOf(personId)) {
        const mirror = this.#mirrors.get(`${device} ${id}`);
        if (!mirror || this.#mute.has(device)) continue;
        mirror.rev = rev;
        if (seq < visibleFromSeq) {
          const bare = { scope: "conversation", type: "conversation.rev_changed", conversationId: id, rev };
          this.write(device, "f", 1, frameOf(bare));
          this.write(device, "c", id, rev);
          continue;
        }
        this.write(device, "f", 1, changedOf(message, changes));
        this.#apply(device, mirror, message);
        this.write(device, "r", id, rev);
      }
    }
  }

  /** The same message sent again after it changed: answered as it is now. */
  sendAgain(device: string, id: string, seq: number): void {
    for (const { rev, client, said, reactions } of this.place(id).messages.slice(seq - 1, seq))
      this.write(device, "k", id, client, seq, rev, "duplicate", said, reactions);
  }

  join(id: string, personId: string): void {
    const { row, messages } = this.place(id);
    this.#enter(id, personId, row.lastSeq + 1);
    this.#tell(this.#store(id, personId, "notice:member_joined:"));
    this.tick();
    this.run.driver.push(["join", this.#clock, id, personId, null]);
    for (const device of this.devicesOf(personId)) this.#open(device, id, messages.at(-1));
  }

  open(device: string, id: string): void {
    this.#open(device, id, this.place(id).messages[0]);
  }

  #open(device: string, id: string, first: MessageRow | undefined): void {
    const { row, messages } = this.place(id);
    const page = messages.filter(({ seq }) => seq >= (first?.seq ?? 1));
    const head = { rev: row.rev, lastSeq: row.lastSeq };
    const data = { messages: page.map(messageOf), ownReactions: [], head, hasNewer: false };
    this.write(
      device,
      "h",
      this.#clock,
      "messages.page",
      { conversationId: id },
      JSON.stringify([{ result: { data } }]),
    );
    const mirror = { rev: 0, base: (first?.seq ?? 1) - 1, lastSeq: 0 };
    this.#mirrors.set(`${device} ${id}`, mirror);
    this.write(device, "o", id, mirror.base, row.rev);
    for (const message of page) this.#apply(device, mirror, message);
    mirror.rev = row.rev;
    this.write(device, "c", id, row.rev);
  }

  say(device: string, id: string, answer: "acked" | "lost" = "acked"): void {
    const sender = device.split("-")[0] ?? "";
    const client = `client-${++this.#clients}`;
    const text = `${canaryOf(id)} ${watermarkOf(client)} message ${this.#clients}`;
    this.write(device, "i", id, client, text);
    this.write(device, "t", client);
    const message = this.#store(id, sender, text, client);
    if (answer === "lost") this.write(device, "u", client, "cut");
    else this.write(device, "k", id, client, message.seq, message.rev, "stored", text, []);
    this.#tell(message);
  }

  kick(id: string, owner: string, personId: string): void {
    const place = this.place(id);
    const since = this.tick();
    this.#tell(this.#store(id, owner, `notice:member_removed:${personId}`));
    place.row.rev += 1;
    const member = { personId, visibleFromSeq: 1, leftAt: "then", rev: place.row.rev };
    const event = { scope: "conversation", type: "member.changed", conversationId: id, rev: place.row.rev, member };
    for (const one of place.members) {
      for (const device of one.left ? [] : this.devicesOf(one.personId)) {
        this.write(device, "f", 1, frameOf(event));
        if (one.personId === personId) this.write(device, "l", id);
        else this.write(device, "r", id, place.row.rev);
      }
    }
    for (const device of this.devicesOf(personId)) this.#mirrors.delete(`${device} ${id}`);
    Object.assign(place.members.find((one) => one.personId === personId) ?? {}, { left: true, rev: place.row.rev });
    this.run.driver.push(["kick", this.tick(), since, id, personId, null]);
  }

  mute(device: string): void {
    this.#mute.add(device);
    this.write(device, "off", 1, 1006);
  }

  /** Comes back and asks for everything since the rev it holds. */
  catchUp(device: string, id: string): void {
    this.#mute.delete(device);
    this.write(device, "on", 1, 0);
    const mirror = this.#mirrors.get(`${device} ${id}`);
    if (!mirror) return;
    const { row, messages } = this.place(id);
    const missed = messages.filter(({ rev }) => rev > mirror.rev);
    const byRev = [...missed].sort((a, b) => a.rev - b.rev);
    const changes = byRev.map((message) => ({ rev: message.rev, message: messageOf(message) }));
    const data = { reset: false, changes, nextRev: null, head: { rev: row.rev, lastSeq: row.lastSeq } };
    const input = { conversationId: id, rev: mirror.rev };
    this.write(device, "h", this.#clock, "conversations.changesSince", input, JSON.stringify([{ result: { data } }]));
    for (const message of missed) this.#apply(device, mirror, message);
    mirror.rev = row.rev;
    this.write(device, "c", id, row.rev);
  }

  markRead(person: string, id: string, seq: number, rev: number): void {
    Object.assign(this.place(id).members.find(({ personId }) => personId === person) ?? {}, { lastReadSeq: seq });
    const event = frameOf({ type: "read_marker.changed", rev, conversationId: id, lastReadSeq: seq });
    for (const device of this.devicesOf(person)) this.write(device, "f", 1, event);
  }

  revoke(device: string): void {
    this.run.driver.push(["revoke", this.tick(), this.#clock - 50, device, 0, null]);
    this.write(device, "off", 1, 4009);
    this.write(device, "on", 2, 1);
  }

  fault(row: number): void {
    const at = this.tick();
    this.run.driver.push(["fault", at, row, `fault ${row}`, at - 80, at - 60, 60]);
  }

  finish(): Recorded {
    writeEnd(this.run, this.#mirrors, this.tick());
    return this.run;
  }
}
