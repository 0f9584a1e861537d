import { setTimeout as pause } from "node:timers/promises";
import type { Fault, Scene } from "#tests/chaos/fault.ts";
import type { Part } from "#tests/chaos/stack.ts";

async function killFor(part: Part, ms: number): Promise<string> {
  await part.child.kill();
  await pause(ms);
  part.child.start();
  return `${part.name}, ${ms / 1_000} s`;
}

const killWorker = (ms: number): Fault => ({
  row: 1,
  name: `kill -9 a worker, back after ${ms / 1_000} s`,
  long: ms > 1_000,
  run: ({ stack, random }) => killFor(random.pick(stack.workers), ms),
});

function freeze(part: Part, signal: "SIGSTOP" | "SIGCONT"): void {
  if (part.child.record) process.kill(part.child.record.pid, signal);
}

const stopWorker = (ms: number): Fault => ({
  row: 2,
  name: `SIGSTOP a worker for ${ms / 1_000} s`,
  long: ms > 5_000,
  run: async ({ stack, random }) => {
    const part = random.pick(stack.workers);
    freeze(part, "SIGSTOP");
    await pause(ms);
    freeze(part, "SIGCONT");
    return part.name;
  },
});

/** What the server answers is lost on its way; then it dies in the middle of what it does. */
async function killServer({ stack, random }: Scene): Promise<string> {
  const part = random.pick(stack.servers);
  part.door.lose("down");
  await pause(random.int(100, 400));
  const told = await killFor(part, random.int(0, 800));
  part.door.heal();
  return told;
}

/** Sockets break while no server can authorize a new one. */
async function serversAway({ stack }: Scene): Promise<string> {
  await Promise.all(stack.servers.map(({ child }) => child.kill()));
  for (const { door } of stack.workers) door.cut(1);
  await pause(1_500);
  for (const { child } of stack.servers) child.start();
  return "both servers";
}

/** One worker dies for longer: everybody is on the other. */
async function oneWorker({ stack, random, size }: Scene): Promise<string> {
  return killFor(random.pick(stack.workers), size === "short" ? 2_000 : random.int(2_000, 8_000));
}

export const processFaults: Fault[] = [
  killWorker(0),
  killWorker(1_000),
  killWorker(10_000),
  stopWorker(5_000),
  stopWorker(40_000),
  { row: 3, name: "kill -9 a server mid-request, its replies lost", run: killServer },
  { row: 4, name: "no server while the sockets reconnect", run: serversAway },
  { row: 18, name: "one of two workers dies", run: oneWorker },
];
