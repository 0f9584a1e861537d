/**
 * A program of another language that does what it is told by its SDK: a command of JSON a line, an answer of JSON a
 * line.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type Command =
  | { do: "trigger"; channels: string[]; name: string; data: unknown }
  /** An event "said" on each of the channels. */
  | { do: "batch"; channels: string[]; data: unknown }
  | { do: "info" | "users"; channel: string }
  | { do: "authorize"; socketId: string; channel: string; userId: string }
  | { do: "webhook"; key: string; signature: string; body: string }
  /** The client: subscribes, keeps what it hears as "said", and comes back by itself. */
  | { do: "listen"; channel: string }
  | { do: "heard" };

const answerWithin = 20_000;

export class Driver {
  private readonly child: ChildProcess;
  private readonly waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  private errors = "";

  constructor([program = "", ...args]: string[], environment: Record<string, string>) {
    this.child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: "pipe" });
    const { stdout, stderr } = this.child;
    if (!stdout || !stderr) throw new Error("pipes were asked for");
    stderr.on("data", (chunk: Buffer) => {
      this.errors = `${this.errors}${chunk}`.slice(-2_000);
    });
    createInterface({ input: stdout }).on("line", (line) => {
      const answer: { ok?: unknown; error?: string } = JSON.parse(line);
      const next = this.waiting.shift();
      if (answer.error === undefined) next?.resolve(answer.ok);
      else next?.reject(new Error(answer.error));
    });
    this.child.once("exit", (code) => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(`it ended with ${code}: ${this.errors}`));
    });
  }

  /** Rejects with what the SDK threw. */
  ask<Answer = unknown>(command: Command): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no answer to ${command.do}: ${this.errors}`)), answerWithin);
      const done = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(late);
          settle(value);
        };
      };
      // What it answers is what the command says; a program that answers otherwise fails the claim that reads it.
      this.waiting.push({ resolve: done(resolve as (value: unknown) => void), reject: done(reject) });
      this.child.stdin?.write(`${JSON.stringify(command)}\n`);
    });
  }

  close(): void {
    this.child.stdin?.end();
    this.child.kill();
  }
}
