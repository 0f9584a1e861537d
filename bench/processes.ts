/** The measured programs: started on the server's core, asked over their channel, stopped with the run. */
import type { ChildProcess } from "node:child_process";
import { pin, serverCore } from "#bench/machine.ts";
import { recordOf, stopProcess } from "#scripts/process-identity.ts";
import { waitFor } from "#scripts/wait.ts";
import { spawnWatched } from "#scripts/watched-child.ts";

type Said = { ready?: unknown; id?: number; answer?: unknown; error?: string };
type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

export type ProgramOptions = {
  name: string;
  args: string[];
  environment: Record<string, string>;
  /** An address that answers once it is up; without one the program says so itself. */
  health?: string;
};

export class Program {
  readonly pid: number;
  /** What the program said about itself when it was up. */
  ready: unknown;
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #output = "";
  #ended = false;
  #up: (() => void) | undefined;

  private constructor({ name, args, environment }: ProgramOptions) {
    this.#name = name;
    this.#child = spawnWatched({ args, environment, output: "pipe", ownGroup: true });
    this.pid = this.#child.pid ?? 0;
    pin(this.pid, serverCore);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-4_000);
      });
    }
    this.#child.on("message", (message) => this.#hear(message as Said)); // from bench/program.ts, or nothing of ours
    this.#child.once("exit", () => {
      this.#ended = true;
      for (const one of this.#waiting.values()) one.reject(this.#failure("ended"));
      this.#up?.();
    });
  }

  static async start(options: ProgramOptions): Promise<Program> {
    const program = new Program(options);
    if (options.health) {
      await waitFor(options.health, { timeoutMs: 60_000, given: () => program.#mustLive() });
    } else {
      await new Promise<void>((resolve) => {
        program.#up = resolve;
      });
    }
    program.#mustLive();
    pin(program.pid, serverCore); // threads that began before the first pinning was done
    return program;
  }

  /** The last that it printed: warnings of the product, when something went wrong. */
  get output(): string {
    return this.#output.trim() === "" ? "" : `${this.#name} said:\n${this.#output}`;
  }

  ask<Answer>(question: unknown): Promise<Answer> {
    this.#mustLive();
    const id = ++this.#asked;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, question });
    }).then((answer) => answer as Answer); // both ends are files of one checkout
  }

  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const record = recordOf(this.pid);
    if (record && !this.#ended) await stopProcess(record, { group: true, signal, graceMs: 8_000 });
  }

  #hear({ ready, id, answer, error }: Said): void {
    if (ready !== undefined) {
      this.ready = ready;
      this.#up?.();
    }
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(answer);
    else waiting.reject(new Error(`${this.#name}: ${error}`));
  }

  #mustLive(): void {
    if (this.#ended) throw this.#failure("ended");
  }

  #failure(how: string): Error {
    return new Error(`${this.#name} ${how}. Its last output:\n${this.#output}`);
  }
}
