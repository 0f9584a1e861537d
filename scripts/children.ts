/**
 * The processes of a run: started with prefixed output, started again when they die, stopped in order.
 *
 * Each child is a process group of its own, so Ctrl-C in the terminal reaches us alone and we decide the order; and each
 * is on a leash (leash.mjs), so none outlives us. A child that keeps dying ends the run: `onCrashLoop` is told.
 */
import type { ChildProcess } from "node:child_process";
import { spawnLeashed } from "#scripts/leashed.ts";
import { type ProcessRecord, recordOf, stopProcess } from "#scripts/process-identity.ts";

/** Half a second, doubled each time up to ten: quick for a hiccup, patient with a database that is away. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** A child that lived this long had been well; what came before is forgotten. */
const wellAfterMs = 60_000;
const deathsInARow = 6;

export type ChildSpec = {
  name: string;
  /** The arguments of Node: a program and its own arguments. */
  args: string[];
  environment: Record<string, string>;
  /** How long it may take to stop. */
  graceMs?: number;
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
  #timer: NodeJS.Timeout | undefined;

  constructor(spec: ChildSpec, events: ChildEvents = {}) {
    this.name = spec.name;
    this.#spec = spec;
    this.#events = events;
  }

  start(): void {
    this.#wanted = true;
    const started = Date.now();
    const { args, environment } = this.#spec;
    const child = spawnLeashed({ args, environment, output: "pipe", ownGroup: true });
    this.#process = child;
    this.record = child.pid === undefined ? undefined : recordOf(child.pid);
    for (const stream of [child.stdout, child.stderr]) this.#forward(stream);
    child.once("error", (error) => this.#say(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => this.#ended(child, signal ?? `exit code ${code}`, Date.now() - started));
    this.#events.onChange?.();
  }

  /** Asks it to stop and waits until it is gone. */
  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    if (this.record) await stopProcess(this.record, { group: true, graceMs: this.#spec.graceMs ?? 5_000 });
    this.#forget();
  }

  /** Ends it at once, as a power cut would, and does not start it again. */
  async kill(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    if (this.record) await stopProcess(this.record, { group: true, signal: "SIGKILL" });
    this.#forget();
  }

  #forget(): void {
    this.#process = undefined;
    this.record = undefined;
    this.#events.onChange?.();
  }

  #ended(child: ChildProcess, how: string, livedMs: number): void {
    if (child !== this.#process || !this.#wanted) return;
    this.#forget();
    this.#deaths = livedMs > wellAfterMs ? 1 : this.#deaths + 1;
    if (this.#deaths >= deathsInARow) {
      this.#wanted = false;
      this.#events.onCrashLoop?.(
        `${this.name} ended ${this.#deaths} times in a row (${how}). Its last lines are above.`,
      );
      return;
    }
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#deaths - 1));
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
