/**
 * The processes of a run: started with prefixed output, started again when they die, stopped in order.
 *
 * Each child is a process group of its own, so Ctrl-C in the terminal reaches us alone and we decide the order; and
 * each is watched (parent-watch.mjs), so none outlives us. A child that keeps dying ends the run: `onCrashLoop` is told.
 *
 * A child that is stopped from outside may print "leaving" and stay for a while: the next one is started beside it, and
 * when that says "ready", the first is told "go". So there is always one (realtime/supervised.ts is the other side).
 */
import type { ChildProcess } from "node:child_process";
import { type ProcessRecord, recordOf, stopProcess } from "#scripts/process-identity.ts";
import { spawnWatched } from "#scripts/watched-child.ts";

/**
 * The second pause, doubled each time up to ten; the first is none. Quick for a hiccup, patient with a database that is
 * away.
 */
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** A child that lived this long had been well; what came before is forgotten. */
const wellAfterMs = 60_000;
const deathsInARow = 6;

export type ChildSpec = {
  name: string;
  /** The arguments of Node: a program and its own arguments. */
  args: string[];
  environment: Record<string, string | undefined>;
  /** How long it may take to stop. */
  graceMs?: number;
  /** A socket that outlives it (held-port.ts). */
  listenFd?: number | undefined;
};

export type ChildEvents = {
  onLine?: (name: string, line: string) => void;
  onChange?: () => void;
  onCrashLoop?: (message: string) => void;
};

export class Child {
  readonly name: string;
  record: ProcessRecord | undefined;
  #spec: ChildSpec;
  #events: ChildEvents;
  #process: ChildProcess | undefined;
  #wanted = false;
  #deaths = 0;
  /** Those that are leaving and wait for the next one to be ready. */
  #leaving = new Map<ChildProcess, ProcessRecord | undefined>();
  #timer: NodeJS.Timeout | undefined;

  constructor(spec: ChildSpec, events: ChildEvents = {}) {
    this.name = spec.name;
    this.#spec = spec;
    this.#events = events;
  }

  start(): void {
    this.#wanted = true;
    const started = Date.now();
    const { args, listenFd } = this.#spec;
    const environment = { ...this.#spec.environment, IMCHAT_SUPERVISOR: String(process.pid) };
    const child = spawnWatched({ args, environment, output: "pipe", ownGroup: true, listenFd });
    this.#process = child;
    this.record = child.pid === undefined ? undefined : recordOf(child.pid);
    for (const stream of [child.stdout, child.stderr]) this.#forward(stream);
    child.once("error", (error) => this.#say(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => this.#ended(child, signal ?? `exit code ${code}`, Date.now() - started));
    child.on("message", (message) => {
      if (message === "leaving") this.#startNext(child);
      else if (message === "ready" && child === this.#process) this.#letGo();
    });
    this.#events.onChange?.();
  }

  #startNext(child: ChildProcess): void {
    const isCurrent = child === this.#process;
    this.#leaving.set(child, isCurrent ? this.record : undefined);
    if (this.#wanted && isCurrent) {
      this.#say("is leaving; the next one starts beside it");
      this.start();
    } else this.#letGo();
  }

  #letGo(): void {
    for (const child of this.#leaving.keys()) if (child.connected) child.send("go", () => {});
  }

  /** Asks it to stop and waits until it is gone. */
  async stop(): Promise<void> {
    await this.#end({ graceMs: this.#spec.graceMs ?? 5_000 });
  }

  /** Ends it at once, as a power cut would, and does not start it again. */
  async kill(): Promise<void> {
    await this.#end({ signal: "SIGKILL" });
  }

  async #end(how: { graceMs?: number; signal?: NodeJS.Signals }): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#letGo();
    const records = [this.record, ...this.#leaving.values()].filter((record) => record !== undefined);
    await Promise.all(records.map((record) => stopProcess(record, { group: true, ...how })));
    this.#forget();
  }

  #forget(): void {
    this.#process = undefined;
    this.record = undefined;
    this.#events.onChange?.();
  }

  #ended(child: ChildProcess, how: string, livedMs: number): void {
    this.#leaving.delete(child);
    if (child !== this.#process || !this.#wanted) return;
    this.#letGo(); // the next one may be long in coming
    this.#forget();
    this.#deaths = livedMs > wellAfterMs ? 1 : this.#deaths + 1;
    if (this.#deaths >= deathsInARow) {
      this.#wanted = false;
      this.#events.onCrashLoop?.(
        `${this.name} ended ${this.#deaths} times in a row (${how}). Its last lines are above.`,
      );
      return;
    }
    const pause = this.#deaths === 1 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#deaths - 2));
    this.#say(`ended (${how}); starting it again in ${pause / 1000} s`);
    this.#timer = setTimeout(() => this.start(), pause);
  }

  #say(text: string): void {
    this.#events.onLine?.(this.name, text);
  }

  #forward(stream: NodeJS.ReadableStream | null): void {
    let rest = "";
    stream?.setEncoding("utf8");
    stream?.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#say(line);
    });
    stream?.on("end", () => {
      if (rest) this.#say(rest);
    });
  }
}

/** Stops groups of children one after the other; those of a group at once, so that one that hangs holds up no other. */
export async function stopInOrder(groups: readonly (readonly Child[])[]): Promise<void> {
  for (const group of groups) await Promise.all(group.map((child) => child.stop()));
}

export function printLine(name: string, line: string): void {
  if (line.trim() !== "") console.log(`${`[${name}]`.padEnd(9)} ${line}`);
}
