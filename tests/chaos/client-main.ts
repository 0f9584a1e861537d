/** One client process of a run: its devices, their load, and the answers to what the driver asks of them. */
import { setTimeout as pause } from "node:timers/promises";
import { callApi, closeApi, readAnswers, Unanswered } from "#tests/chaos/api.ts";
import { becomeBrowser } from "#tests/chaos/browser-globals.ts";
import { Device } from "#tests/chaos/device.ts";
import { muteAnew } from "#tests/chaos/keeping.ts";
import { Link } from "#tests/chaos/link.ts";
import { Load } from "#tests/chaos/load.ts";
import type { AskName, Asks, ClientSetup } from "#tests/chaos/plan.ts";
import { createRandom, type Random } from "#tests/chaos/random.ts";
import { counts, deliver, largeText, settle, someText } from "#tests/chaos/sender.ts";
import { Tab } from "#tests/chaos/tab.ts";

type Answers = { [Name in AskName]: (ask: Asks[Name]["ask"]) => Promise<Asks[Name]["answer"]> };

class Clients {
  readonly setup: ClientSetup;
  readonly devices = new Map<string, Device>();
  readonly tabs: Tab[];
  readonly load: Load;
  readonly random: Random;

  constructor(setup: ClientSetup) {
    this.setup = setup;
    this.random = createRandom(`${setup.seed}/clients/${setup.devices[0]?.name}`);
    for (const spec of setup.devices) {
      this.devices.set(spec.name, new Device(spec, setup.places, this.random.fork(spec.name)));
    }
    this.tabs = setup.tabs.map((spec, at) => new Tab(spec, setup.places, at));
    const canaries = new Map(setup.conversations.map(({ id, canary }) => [id, canary]));
    const { rate } = setup;
    this.load = new Load([...this.devices.values()], canaries, { random: this.random, rate });
  }

  device(name: string): Device {
    const device = this.devices.get(name);
    if (!device) throw new Error(`There is no device ${name}.`);
    return device;
  }

  behind({ heads, people, revs, tabs }: Asks["behind"]["ask"]): Asks["behind"]["answer"] {
    const all = [...this.devices.values(), ...(tabs ? this.tabs : [])];
    const found = { devices: all.length, unready: 0, behind: 0, example: "" };
    for (const device of all) {
      // What a person keeps follows a moment later; it counts where the tabs do.
      const keeps = !tabs || !(device instanceof Device) || device.kept.isAt(revs[device.spec.personId] ?? 0);
      const ready = device.ready && keeps;
      if (!ready) found.unready += 1;
      const { personId, name } = device.spec;
      const late = (people[personId] ?? []).find((id) => device.revOf(id) < (heads[id] ?? 0));
      if (late !== undefined) found.behind += 1;
      if (late === undefined && ready) continue;
      found.example = `${name} ${late} ${late && device.revOf(late)} < ${heads[late ?? ""]}`;
    }
    return found;
  }

  /** A message now, ahead of the load; the same `clientId` again when one is given. */
  async say({ device: name, conversationId, clientId }: Asks["say"]["ask"]): Promise<Asks["say"]["answer"]> {
    const device = this.device(name);
    while (!this.load.claim(device, conversationId)) await pause(20);
    const message = this.load.compose(conversationId, "said", clientId);
    try {
      const acked = await deliver(device, [message]);
      return { clientId: message.clientId, said: acked > 0 ? "stored" : "refused" };
    } finally {
      this.load.release(device, conversationId);
    }
  }

  /** The same message many times at once over every server: one row, one answer. */
  async duplicates({ devices, copies }: Asks["duplicates"]["ask"]): Promise<Asks["duplicates"]["answer"]> {
    const chosen = this.random.shuffle([...this.devices.values()]).slice(0, devices);
    const acks = await Promise.all(
      chosen.map(async (device) => {
        const conversationId = [...device.conversations.all.keys()].find((id) => this.load.claim(device, id));
        if (!conversationId) return 0;
        const acked = await this.#copies(device, conversationId, copies);
        this.load.release(device, conversationId);
        return acked;
      }),
    );
    return { acks: acks.reduce((sum, one) => sum + one, 0) };
  }

  async #copies(device: Device, conversationId: string, copies: number): Promise<number> {
    const message = this.load.compose(conversationId, someText(this.random));
    const { clientId, text } = message;
    device.journal.write("i", conversationId, clientId, text);
    const input = { conversationId, clientId, content: { kind: "text", text } };
    const { servers } = this.setup.places;
    const answers = await Promise.all(
      Array.from({ length: copies }, async (_, at) => {
        device.journal.write("t", message.clientId);
        counts.pending += 1;
        const port = servers[at % servers.length] ?? 0;
        try {
          const body = await callApi(port, device.token, [{ path: "messages.send", input }], 4_000);
          return settle(device, message, readAnswers(body, 1)[0]);
        } catch {
          return settle(device, message, new Unanswered("cut"));
        }
      }),
    );
    counts.pending -= answers.filter((how) => how === "again").length;
    const acked = answers.filter((how) => how === "acked").length;
    // No answer: the call stays open and is retried until there is one.
    return acked > 0 || answers.includes("refused") ? acked : deliver(device, [message]);
  }

  async large(count: number): Promise<number> {
    const chosen = this.random.shuffle([...this.devices.values()]).slice(0, count);
    const acks = await Promise.all(
      chosen.map(async (device) => {
        const conversationId = [...device.conversations.all.keys()].find((id) => this.load.claim(device, id));
        if (!conversationId) return 0;
        const message = this.load.compose(conversationId, largeText(this.random));
        const acked = await deliver(device, [message]);
        this.load.changes.recallLater(device, message);
        this.load.release(device, conversationId);
        return acked;
      }),
    );
    return acks.reduce((sum, one) => sum + one, 0);
  }

  /** Sockets that sign in and never read again. They are no person's device, so what they miss does not count. */
  async nonReaders({ count, forMs }: Asks["nonReaders"]["ask"]): Promise<number> {
    const { places } = this.setup;
    let cut = 0;
    const opened: Link[] = [];
    for (let at = 0; at < count; at += 1) {
      const device = this.random.pick([...this.devices.values()]);
      const answer = await device.call([{ path: "realtime.authorize", input: {} }]).catch(() => []);
      const [first] = answer;
      if (!first || first instanceof Unanswered || !("data" in first)) continue;
      const { ticket } = first.data as { ticket: string };
      const url = `ws://127.0.0.1:${this.random.pick(places.workers)}/app/${places.key}?protocol=7`;
      const link: Link = new Link(url, ticket, device.spec.personId, this.random, {
        opened: () => {},
        subscribed: () => link.pause(),
        frame: () => {},
        closed: () => {
          cut += 1;
        },
      });
      opened.push(link);
    }
    await pause(forMs);
    const before = cut;
    for (const link of opened) link.end(0);
    return before;
  }

  async finish(): Promise<void> {
    for (const device of this.devices.values()) {
      device.conversations.finish();
      device.kept.finish(device.journal);
    }
    await Promise.all(this.tabs.map((tab) => tab.finish()));
    await Promise.all([...this.devices.values()].map((device) => device.close()));
    closeApi();
  }
}

becomeBrowser();
let clients: Clients | undefined;
function present(): Clients {
  if (!clients) throw new Error("not started");
  return clients;
}

const answers: Answers = {
  start: async (setup) => {
    clients = new Clients(setup);
    for (const device of present().devices.values()) void device.start();
    for (const tab of present().tabs) tab.start();
    return { devices: setup.devices.length };
  },
  progress: async () => present().load.progress(),
  behind: async (ask) => present().behind(ask),
  quiet: async () => {
    present().load.stop();
    return { pending: present().load.pending };
  },
  say: (ask) => present().say(ask),
  configure: async ({ device, conversationId }) => ({
    done: await muteAnew(present().device(device), conversationId),
  }),
  duplicates: (ask) => present().duplicates(ask),
  large: async ({ count }) => ({ acks: await present().large(count) }),
  nonReaders: async (ask) => ({ cut: await present().nonReaders(ask) }),
  subscribe: async ({ devices }) => {
    const links = devices.flatMap((name) => present().devices.get(name)?.link ?? []);
    for (const link of links) link.subscribe();
    return { done: links.length };
  },
  token: async ({ device, token }) => {
    present().device(device).signInAgain(token);
    return { done: true };
  },
  session: async ({ device }) => {
    const { sessionNo, ready } = present().device(device);
    return { sessionNo, ready };
  },
  load: async () => {
    present().load.start();
    return { done: true };
  },
  finish: async () => {
    await present().finish();
    return { done: true };
  },
};

process.on("message", async ({ id, name, ask }: { id: number; name: AskName; ask: never }) => {
  try {
    process.send?.({ id, answer: await answers[name](ask) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
  }
  if (name === "finish") process.disconnect();
});
process.on("SIGTERM", () => process.exit(1));
