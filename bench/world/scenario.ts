/**
 * The cost of an operation in the world (a million people at scale 1) against its cost among a thousand people: two databases
 * of one Postgres, the same number of active people in both. Before that, the plans of all hot operations in the world.
 */
import { hash } from "@node-rs/argon2";
import { cpuOf } from "#bench/cost.ts";
import { connect, type Harness } from "#bench/harness.ts";
import { reserveIds } from "#bench/in-flight.ts";
import type { Pair } from "#bench/people.ts";
import type { Program } from "#bench/processes.ts";
import { type Measured, type Part, type Scenario, takeTurns } from "#bench/rounds.ts";
import type { Loaded } from "#bench/servers/product.ts";
import type { Page } from "#bench/servers/reader.ts";
import { fillWorld } from "#bench/world/fill.ts";
import { makeWorld, requireDisk } from "#bench/world/make.ts";
import { worldPassword } from "#bench/world/operations/accounts.ts";
import { placeIn, range } from "#bench/world/operations/operation.ts";
import { largeMembers, sizesOf, type World } from "#bench/world/sizes.ts";

const metrics = [
  "send_cpu_world_vs_small",
  "list_cpu_world_vs_small",
  "page_cpu_world_vs_small",
  "signin_cpu_world_vs_small",
] as const;

const small: World = { first: 0, people: 1_000 };
/** People who are active at the same time, in both. */
const active = 400;
const underWay = 64;

type Town = { world: World; product: Program; reader: Program };

/** Memory for the rows of those who are active, and nothing that the server does by itself while it is measured. */
const server = { shared_buffers: "1GB", autovacuum: "off", max_wal_size: "8GB", checkpoint_timeout: "30min" };

export const world: Scenario = { metrics, onRequest: true, minutes: 100, server, measure: measureWorld };

async function measureWorld(harness: Harness): Promise<Measured[]> {
  const scale = harness.settings.scale ?? harness.sized({ full: 1, quick: 0.1, smoke: 0.002 });
  requireDisk(harness.postgresLog, scale);
  const large: World = { first: 0, people: Math.round(1_000_000 * scale) };
  // As cheap as argon2 may be: it is the same in both, and would hide what is measured.
  const password = await hash(worldPassword, { memoryCost: 8, timeCost: 1 });
  const faults = await makeWorld(harness, large, password);
  const towns = {
    small: await openTown(harness, "bench_world_small", small, password),
    world: await openTown(harness, "bench_world", large),
  };
  const seconds = harness.sized({ full: 5, quick: 2, smoke: 0.2 });
  // No checkpoint before each turn: after one, the first change of a block costs a copy of it, and people who are far apart
  // share no blocks. In life one comes every few minutes.
  const turns = { settings: harness.settings, settle: async () => {} };
  const costs = (name: "send" | "list" | "page" | "signin") =>
    takeTurns(turns, {
      small: () => costOf(harness, towns.small, name, seconds),
      world: () => costOf(harness, towns.world, name, seconds),
    });
  const measured: Measured[] = [];
  for (const name of ["send", "list", "page", "signin"] as const) {
    const rounds = await costs(name);
    const part = (town: "small" | "world", label: string): Part => ({
      label,
      value: rounds.of(town, "µs CPU"),
      unit: "µs, Postgres included",
    });
    measured.push({
      metric: `${name}_cpu_world_vs_small`,
      value: rounds.ratio("world", "small", "µs CPU"),
      parts: [part("small", "1,000 people"), part("world", `${large.people.toLocaleString("en-US")} people`)],
      notes: faults,
    });
  }
  return measured;
}

/** People far apart from each other, none of them in the large community. */
function activePeople(world: World): number[] {
  const first = Math.min(largeMembers(world), world.people - active) + 1;
  const step = Math.max(1, Math.floor((world.people - first) / active));
  return range(0, active).map((n) => first + n * step);
}

async function costOf(
  { postgresPid }: Harness,
  town: Town,
  name: "send" | "list" | "page" | "signin",
  seconds: number,
) {
  const program = name === "send" ? town.product : town.reader;
  const before = cpuOf(program.pid, postgresPid);
  const count = await ask(town, name, seconds);
  return { "µs CPU": (cpuOf(program.pid, postgresPid) - before) / count, "calls/s": count / seconds };
}

async function ask(
  { world, product, reader }: Town,
  name: "send" | "list" | "page" | "signin",
  seconds: number,
): Promise<number> {
  const { id, me } = placeIn(world);
  const people = activePeople(world);
  switch (name) {
    case "send": {
      const pairs = people.map((n): Pair => ({ from: me(n), to: me(n + 1), conversationId: id("direct", n) }));
      const firstId = reserveIds(1_000_000);
      return (await product.ask<Loaded>({ type: "load", pairs, seconds, underWay, firstId })).sent;
    }
    case "list":
      return reader.ask<number>({ type: "list", people: people.map(me), seconds });
    case "page":
      return reader.ask<number>({ type: "pages", pages: people.flatMap((n) => pagesOf(world, n)), seconds });
    case "signin": {
      const logins = people.map((n) => `world_${world.first + n}`);
      return reader.ask<number>({ type: "signIn", logins, password: worldPassword, seconds });
    }
  }
}

/** The newest messages of a conversation of two, and fifty in the middle of a long history. */
function pagesOf(world: World, n: number): Page[] {
  const { id, me } = placeIn(world);
  const { large, inLarge } = sizesOf(world);
  const before = 52 + ((n * 7_919) % Math.max(1, inLarge - 52));
  const reader = me((n % largeMembers(world)) + 1);
  return [
    { me: me(n), conversationId: id("direct", n) },
    { me: reader, conversationId: id("community", large), before },
  ];
}

async function openTown(harness: Harness, name: string, world: World, password?: string): Promise<Town> {
  const url = password === undefined ? harness.urlOf(name) : await harness.database(name);
  if (password !== undefined) {
    const sql = connect(url, 1);
    const known = await sql`select from people limit 1`;
    if (known.length === 0) await fillWorld(sql, world, password);
    await sql`vacuum analyze`;
    await sql.end({ timeout: 1 });
  }
  const environment = { DATABASE_URL: url, DATABASE_URL_DIRECT: url };
  return {
    world,
    product: await harness.program("servers/product.ts", environment),
    reader: await harness.program("servers/reader.ts", environment),
  };
}
