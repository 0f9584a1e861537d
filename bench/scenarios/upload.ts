/**
 * The upload scenario: a file through the product, announced, sent in parts, put together, checked and looked into until it is
 * ready, against a bare HTTP server that writes the same bytes to the same disk; and what the process that takes it in
 * grows by while a gigabyte passes.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { putParts } from "#bench/clients/put-parts.ts";
import { cpuOf, memoryOf } from "#bench/cost.ts";
import type { Harness, Served } from "#bench/harness.ts";
import { insertPeople, type Person } from "#bench/people.ts";
import type { Program } from "#bench/processes.ts";
import { type Measured, type Scenario, takeTurns } from "#bench/rounds.ts";
import type { Wish } from "#bench/servers/announcer.ts";
import { limits } from "#contracts/limits.ts";
import type { UploadPlan } from "#contracts/media.ts";
import { root } from "#scripts/settings.ts";

const { partBytes } = limits;
/** Parts of a file: 256 MB for the rate, 1 GB for the memory. */
const counts = { rate: { full: 32, quick: 4, smoke: 1 }, large: { full: 128, quick: 8, smoke: 2 } };

export const upload: Scenario = {
  metrics: ["upload_vs_node_http", "upload_rss_growth_1gb"],
  measure: async (harness) => {
    // On the disk of the checkout: a temporary directory may be memory.
    mkdirSync(path.join(root, ".data"), { recursive: true });
    const directory = mkdtempSync(path.join(root, ".data/bench-media-"));
    try {
      return await measureUpload(harness, directory);
    } finally {
      await harness.stopPrograms();
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

type Product = { jobs: Served; announcer: Program; me: Person; harness: Harness };

async function measureUpload(harness: Harness, directory: string): Promise<Measured[]> {
  const environment = { MEDIA_DIR: directory };
  const [me] = await insertPeople(harness.sql, 1);
  if (!me) throw new Error("there is no sender");
  const jobs = await harness.jobs(environment);
  const announcer = await harness.program("servers/announcer.ts", environment);
  const floor = await harness.program("servers/receiver.ts", environment);
  const product = { jobs, announcer, me, harness };
  const file = makeFile(harness.sized(counts.rate));
  const rounds = await takeTurns(harness, {
    floor: () => throughFloor(Number(floor.ready), floor.pid, file),
    ours: () => throughProduct(product, file),
  });
  const large = makeFile(harness.sized(counts.large));
  const { "MB grown": grown = Number.NaN, "MB before": before = Number.NaN } = await throughProduct(product, large);
  return [
    {
      metric: "upload_vs_node_http",
      value: rounds.ratio("ours", "floor", "MB/s"),
      parts: [
        { label: "floor", value: rounds.of("floor", "MB/s"), unit: "MB/s" },
        { label: "ours, until it is ready", value: rounds.of("ours", "MB/s"), unit: "MB/s" },
        { label: "ours, until it is sent", value: rounds.of("ours", "MB/s sent"), unit: "MB/s" },
        { label: "floor CPU", value: rounds.of("floor", "µs CPU/MB"), unit: "µs/MB" },
        { label: "ours CPU", value: rounds.of("ours", "µs CPU/MB"), unit: "µs/MB, Postgres included" },
      ],
    },
    {
      metric: "upload_rss_growth_1gb",
      value: grown,
      parts: [
        { label: "before", value: before, unit: "MB" },
        { label: "file", value: large.bytes / 1e6, unit: "MB" },
      ],
    },
  ];
}

type LargeFile = { bytes: number; sha256: string; bodies: (() => Buffer)[] };

/** No two parts are the same, and none of them is kept: each is made when it is sent. */
function makeFile(parts: number): LargeFile {
  const block = randomBytes(partBytes);
  const hash = createHash("sha256");
  const bodies = Array.from({ length: parts }, () => {
    const head = randomBytes(16);
    const make = () => Buffer.concat([head, block.subarray(head.length)]);
    hash.update(make());
    return make;
  });
  return { bytes: parts * partBytes, sha256: hash.digest("hex"), bodies };
}

async function throughFloor(port: number, pid: number, { bytes, bodies }: LargeFile) {
  const url = `http://127.0.0.1:${port}/${randomUUID()}`;
  const cpu = cpuOf(pid);
  const began = performance.now();
  await putParts(bodies.map((body, at) => ({ url: `${url}?at=${at * partBytes}`, body })));
  const seconds = (performance.now() - began) / 1_000;
  const used = cpuOf(pid) - cpu;
  await fetch(url, { method: "DELETE" });
  return { "MB/s": bytes / 1e6 / seconds, "µs CPU/MB": used / (bytes / 1e6) };
}

async function throughProduct({ jobs, announcer, me, harness }: Product, { bytes, sha256, bodies }: LargeFile) {
  const clientId = randomUUID();
  const base = `http://127.0.0.1:${jobs.port}`;
  const wish = <Answer>(one: Wish) => announcer.ask<Answer>(one);
  const pids = [jobs.program.pid, announcer.pid, harness.postgresPid];
  const before = memoryOf(jobs.program.pid);
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(jobs.program.pid));
  }, 100);
  const cpu = cpuOf(...pids);
  const began = performance.now();
  const begun = await wish<UploadPlan>({ type: "begin", me, base, file: { clientId, bytes, sha256 } });
  const { fileId } = begun;
  await putParts(begun.parts.map(({ n, url }) => ({ url, body: bodies[n - 1] ?? (() => Buffer.alloc(0)) })));
  const sent = (performance.now() - began) / 1_000;
  await wish({ type: "complete", me, fileId });
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(watch);
  const used = cpuOf(...pids) - cpu;
  await wish({ type: "remove", me, fileId });
  const mb = bytes / 1e6;
  return {
    "MB/s": mb / seconds,
    "MB/s sent": mb / sent,
    "µs CPU/MB": used / mb,
    "MB before": before / 1_000,
    "MB grown": (most - before) / 1_000,
  };
}
