/** What a run is asked to do: `npm run chaos -- --messages 100000 --faults 60 --seed 42 --out docs/measured`. */
export type Options = {
  messages: number;
  faults: number;
  seed: string;
  people: number;
  communities: number;
  /** Devices that run the product's own client. */
  tabs: number;
  /** Messages a second, all clients together; 0 is as fast as it goes. */
  rate: number;
  clientProcesses: number;
  /** At least two: one for each server to name to its clients. */
  workers: number;
  /** Seconds after which the run gives up. */
  limit: number;
  /** Where the figures are written, if anywhere. */
  out: string | undefined;
  /** Keep the logs, also after a good run. */
  keep: boolean;
  /** Postgres on a small disk of its own, which is filled now and then. Needs root, for the disk. */
  fullDisk: boolean;
  size: Size;
};

/** `short` is part of `npm test`: the waits inside faults are the shorter ones of each row. */
export type Size = "short" | "long";

const shortRun: Options = {
  messages: 10_000,
  faults: 10,
  seed: "1",
  people: 90,
  communities: 24,
  tabs: 8,
  rate: 330,
  clientProcesses: 1,
  workers: 2,
  limit: 240,
  out: undefined,
  keep: false,
  fullDisk: false,
  size: "short",
};

const numbers = ["messages", "faults", "people", "communities", "tabs", "rate", "limit", "workers"] as const;

/** Without arguments the run by hand: 100,000 messages and 60 faults. */
export function readOptions(args: readonly string[]): Options {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const [name = "", inline] = (args[at] ?? "").split("=", 2);
    if (!name.startsWith("--")) throw new Error(`"${name}" is not an option; options look like --messages 100000.`);
    const next = args[at + 1];
    const value = inline ?? (next === undefined || next.startsWith("--") ? "true" : next);
    if (inline === undefined && value !== "true") at += 1;
    given.set(name.slice(2), value);
  }
  if (given.get("size") === "short") return { ...shortRun, ...fromText(given, shortRun) };
  const messages = Number(given.get("messages") ?? 100_000);
  const faults = Math.max(60, Math.round(messages / 10_000));
  const limit = 900 + Math.round(messages / 100);
  const large = { ...shortRun, messages, faults, people: 120, communities: 40, tabs: 16, limit, size: "long" as const };
  return { ...large, ...fromText(given, large) };
}

function fromText(given: ReadonlyMap<string, string>, base: Options): Partial<Options> {
  const known = new Set<string>([...numbers, "seed", "out", "keep", "size", "clients", "full-disk"]);
  const read: Partial<Options> = {};
  for (const name of given.keys()) {
    if (!known.has(name)) throw new Error(`There is no option --${name}. There are --${[...known].join(", --")}.`);
  }
  for (const name of numbers) {
    const value = Number(given.get(name) ?? base[name]);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} is a whole number.`);
    read[name] = value;
  }
  const seed = given.get("seed");
  read.seed = seed === "random" ? String(Math.floor(Math.random() * 1e9)) : (seed ?? base.seed);
  read.clientProcesses = Number(given.get("clients") ?? base.clientProcesses);
  read.out = given.get("out") ?? base.out;
  read.keep = given.has("keep");
  read.fullDisk = given.has("full-disk");
  return read;
}
