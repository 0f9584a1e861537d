/**
 * A TCP proxy that can do to a connection what networks do: delay, stall one way, go silent without a sign, break in the
 * middle of a frame. All chance is seeded; nothing of the kernel is needed.
 */
import net from "node:net";
import { NotifyFilter, type NotifyMode } from "#tests/chaos/notify-filter.ts";
import { type Delay, type Direction, Lane } from "#tests/chaos/proxy-lane.ts";
import type { Random } from "#tests/chaos/random.ts";

export class Link {
  readonly up: Lane;
  readonly down: Lane;
  /** A session of Postgres that said LISTEN. */
  listening = false;
  /** A session of Postgres that the express path sends its batches on: each answer ends a commit. */
  express = false;
  readonly #ends: [net.Socket, net.Socket];

  constructor(client: net.Socket, server: net.Socket, random: Random, gone: (link: Link) => void) {
    this.#ends = [client, server];
    this.up = new Lane(client, server, random, () => this.reset());
    this.down = new Lane(server, client, random, () => this.reset());
    const pairs: [net.Socket, net.Socket, Lane][] = [
      [client, server, this.up],
      [server, client, this.down],
    ];
    for (const [one, other, lane] of pairs) {
      one.setNoDelay(true);
      one.on("error", () => one.destroy());
      one.on("end", () => {
        if (!lane.swallow) other.end();
      });
      one.on("close", () => {
        gone(this);
        this.up.end();
        this.down.end();
        // A silent link stays silent for the other side, too, until it is healed.
        if (!this.up.swallow || !this.down.swallow) other.destroy();
      });
    }
  }

  lanes(which: Direction | "both"): Lane[] {
    return which === "both" ? [this.up, this.down] : [this[which]];
  }

  /** RST to both sides. */
  reset(): void {
    this.up.swallow = false;
    this.down.swallow = false;
    for (const end of this.#ends) end.resetAndDestroy();
  }
}

export type ProxyOptions = { target: number; random: Random; postgres?: boolean };

export class FaultyProxy {
  port = 0;
  readonly links = new Set<Link>();
  readonly notify = { repeated: 0, lost: 0, swapped: 0 };
  /** New connections get what the network is like now. */
  #delay: Delay | undefined;
  #refusing = false;
  #mode: NotifyMode | undefined;
  #answerLoss = 0;
  #answersLost = 0;
  readonly #filters = new Map<Link, NotifyFilter>();
  readonly #silent = new Set<Link>();
  readonly #options: ProxyOptions;
  readonly #server: net.Server;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#server = net.createServer((client) => this.#accept(client));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", 1024, resolve));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The system gave no port.");
    this.port = address.port;
  }

  async close(): Promise<void> {
    for (const link of [...this.links, ...this.#silent]) link.reset();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(client: net.Socket): void {
    client.on("error", () => client.destroy());
    if (this.#refusing) return void client.resetAndDestroy();
    const server = net.connect({ port: this.#options.target, host: "127.0.0.1" });
    const link = new Link(client, server, this.#options.random, (gone) => {
      this.links.delete(gone);
      this.#filters.delete(gone);
    });
    this.links.add(link);
    for (const lane of link.lanes("both")) lane.delay = this.#delay;
    if (this.#options.postgres) this.#watchPostgres(link);
  }

  #watchPostgres(link: Link): void {
    const filter = new NotifyFilter(this.#options.random, this.notify);
    filter.mode = this.#mode;
    this.#filters.set(link, filter);
    link.up.map = (chunk) => {
      if (!link.listening && /listen "im_bus"/i.test(chunk.toString("latin1"))) link.listening = true;
      link.express ||= chunk.includes("send_plain_messages");
      return chunk;
    };
    link.down.map = (chunk) => {
      if (!link.express || !this.#options.random.chance(this.#answerLoss)) return filter.pass(chunk);
      this.#answersLost += 1;
      link.reset();
      return Buffer.alloc(0);
    };
  }

  #chosen(share: number, only: (link: Link) => boolean = () => true): Link[] {
    return [...this.links].filter((link) => only(link) && this.#options.random.chance(share));
  }

  /** Breaks a share of the connections in the middle of whatever they say next, at the latest after `patience`. */
  cut(share: number, patience = 300): number {
    const chosen = this.#chosen(share);
    for (const link of chosen) {
      for (const lane of link.lanes("both")) lane.cutAfter = this.#options.random.int(0, 400);
      setTimeout(() => link.reset(), patience).unref();
    }
    return chosen.length;
  }

  reset(): number {
    const { size } = this.links;
    for (const link of [...this.links]) link.reset();
    return size;
  }

  refuse(refusing: boolean): void {
    this.#refusing = refusing;
  }

  /** Nothing arrives any more, and neither side notices. New connections work. */
  silence(only: (link: Link) => boolean = () => true): number {
    const chosen = this.#chosen(1, only);
    for (const link of chosen) {
      this.#silent.add(link);
      for (const lane of link.lanes("both")) lane.swallow = true;
    }
    return chosen.length;
  }

  /** What is said in one direction is lost; connections that lost something are broken by `heal`. */
  lose(direction: Direction): void {
    for (const link of this.links) {
      this.#silent.add(link);
      for (const lane of link.lanes(direction)) lane.swallow = true;
    }
  }

  /** This share of the answers to batches of the express path is lost, with their connection: after the commit. */
  loseAnswers(share: number): void {
    this.#answerLoss = share;
  }

  get answersLost(): number {
    return this.#answersLost;
  }

  /** Holds one direction of a share of the connections, without losing anything. */
  stall(direction: Direction, share: number): void {
    for (const link of this.#chosen(share)) for (const lane of link.lanes(direction)) lane.held = true;
  }

  delay(delay: Delay | undefined): void {
    this.#delay = delay;
    for (const link of this.links) for (const lane of link.lanes("both")) lane.delay = delay;
  }

  disturb(mode: NotifyMode | undefined): void {
    this.#mode = mode;
    for (const filter of this.#filters.values()) filter.mode = mode;
  }

  /** Everything is as it was; a link that lost bytes cannot go on and is broken. */
  heal(): void {
    this.refuse(false);
    this.loseAnswers(0);
    this.delay(undefined);
    this.disturb(undefined);
    for (const link of this.#silent) link.reset();
    this.#silent.clear();
    for (const link of this.links) {
      for (const lane of link.lanes("both")) {
        lane.held = false;
        lane.flush();
      }
    }
  }
}
