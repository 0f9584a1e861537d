import { setTimeout as pause } from "node:timers/promises";
import type { Fault, Scene } from "#tests/chaos/fault.ts";

/** The connections on which workers listen go silent; whatever is opened anew works. */
async function silentListen({ stack, random, size }: Scene): Promise<string> {
  const workers = random.chance(0.5) ? stack.workers : [random.pick(stack.workers)];
  const silent = workers.map(({ database }) => database.silence((link) => link.listening));
  await pause(size === "short" ? 4_000 : random.int(6_000, 12_000));
  for (const { database } of workers) database.heal();
  return `${silent.reduce((sum, one) => sum + one, 0)} connections`;
}

async function disturbNotify({ stack, size }: Scene): Promise<string> {
  const counts = () => stack.workers.map(({ database }) => ({ ...database.notify }));
  const before = counts();
  for (const { database } of stack.workers) database.disturb({ repeat: 0.2, lose: 0.15, swap: 0.2 });
  await pause(size === "short" ? 2_500 : 6_000);
  for (const { database } of stack.workers) database.heal();
  const sum = (key: "repeated" | "lost" | "swapped") =>
    counts().reduce((total, one, at) => total + one[key] - (before[at]?.[key] ?? 0), 0);
  return `${sum("repeated")} repeated, ${sum("lost")} lost, ${sum("swapped")} swapped`;
}

async function nonReaders({ actors, size }: Scene): Promise<string> {
  const count = size === "short" ? 60 : 500;
  const cut = await actors.nonReaders(count, size === "short" ? 2_000 : 10_000);
  return `${count} sockets that do not read, ${cut} of them cut off`;
}

async function delays({ stack, random, size }: Scene): Promise<string> {
  const most = size === "short" ? 700 : 2_000;
  for (const door of stack.doors) door.delay({ least: 50, most });
  await pause(size === "short" ? 2_500 : random.int(4_000, 8_000));
  for (const door of stack.doors) door.heal();
  return `50 to ${most} ms`;
}

async function cuts({ stack, size }: Scene): Promise<string> {
  let cut = 0;
  for (let round = 0; round < (size === "short" ? 3 : 8); round += 1) {
    for (const door of stack.doors) cut += door.cut(0.3);
    await pause(500);
  }
  return `${cut} connections, each at a random byte`;
}

async function oneWay({ stack, random, size }: Scene): Promise<string> {
  const direction = random.chance(0.5) ? "up" : "down";
  for (const door of stack.doors) door.stall(direction, 0.5);
  await pause(size === "short" ? 3_000 : random.int(4_000, 12_000));
  for (const door of stack.doors) door.heal();
  return `half of the connections, ${direction}`;
}

/** The way between workers and Postgres: all of it, not only LISTEN. */
async function cutDatabase({ stack }: Scene): Promise<string> {
  const broken = stack.workers.map(({ database }) => database.reset());
  return `${broken.reduce((sum, one) => sum + one, 0)} connections of the workers`;
}

/** Batches are committed, and the worker that sent them does not learn it. */
async function lostAnswers({ stack, size }: Scene): Promise<string> {
  const count = () => stack.workers.reduce((sum, { database }) => sum + database.answersLost, 0);
  const before = count();
  for (const { database } of stack.workers) database.loseAnswers(0.3);
  await pause(size === "short" ? 2_500 : 6_000);
  for (const { database } of stack.workers) database.heal();
  return `${count() - before} answers`;
}

/** Everybody loses the connection in one moment, and both workers. */
async function storm({ stack }: Scene): Promise<string> {
  const cut = stack.workers.map(({ door }) => door.reset());
  return `${cut.reduce((sum, one) => sum + one, 0)} sockets at once`;
}

export const networkFaults: Fault[] = [
  { row: 7, name: "LISTEN is half open", run: silentListen },
  { row: 11, name: "NOTIFY repeated, lost, swapped", run: disturbNotify },
  { row: 12, name: "clients that do not read", run: nonReaders },
  { row: 14, name: "delay and jitter", run: delays },
  { row: 14, name: "cut inside a frame", run: cuts },
  { row: 14, name: "stalled one way", run: oneWay },
  { row: 14, name: "the workers' database connections cut", run: cutDatabase },
  { row: 28, name: "batches answered after their connection was lost", run: lostAnswers },
  { row: 21, name: "all sockets cut at once", run: storm },
];
