import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { FileRejected } from "#jobs/media/rejected.ts";
import type { Answer, Operation, Operations } from "#jobs/sandbox/protocol.ts";
import { log } from "#server/log.ts";

/** The child was killed, or died, before it answered. Files that do this twice are refused (process.ts). */
export class SandboxDied extends Error {
  override name = "SandboxDied";
}

/** As many as look into files at once; others wait for their turn. */
const mostChildren = 3;
/** After so many answers a child makes way for a new one, so that what leaks in a parser does not grow for ever. */
const answersPerChild = 200;
/** Until the modules of a new child are loaded; measured: 0.4 s, and 1.5 s from the sources. */
const startMs = 30_000;

type Child = { process: ChildProcess; answers: number };

const idle: Child[] = [];
const waiting: (() => void)[] = [];
let busy = 0;

/**
 * Runs one operation in a process that can be killed, and kills it when the answer takes longer than `deadlineMs`, from
 * the moment the child begins. Throws FileRejected as the operation does, SandboxDied when the child died of it, and
 * Error when the machine is at fault (no room, no memory).
 */
export async function inSandbox<O extends Operation>(
  operation: O,
  input: Operations[O]["input"],
  deadlineMs: number,
): Promise<Operations[O]["output"]> {
  const child = await takeChild();
  try {
    const answer = await ask(child.process, { operation, input }, deadlineMs);
    child.answers += 1;
    if (answer.result === "done") return answer.output as Operations[O]["output"]; // of this very operation
    if (answer.result === "refused") throw new FileRejected(answer.reason, answer.message);
    throw new Error(answer.message);
  } finally {
    giveBack(child);
  }
}

/** Ends the children that have nothing to do. Those at work end with their work, or with this process. */
export function closeSandbox(): void {
  for (const child of idle.splice(0)) end(child);
}

async function takeChild(): Promise<Child> {
  if (busy >= mostChildren) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  for (let child = idle.pop(); child; child = idle.pop()) if (child.process.connected) return child;
  try {
    return { process: await start(), answers: 0 };
  } catch (error) {
    endTurn();
    throw error;
  }
}

function giveBack(child: Child): void {
  if (child.process.connected && child.answers < answersPerChild) idle.push(child);
  else end(child);
  endTurn();
}

/** The turn goes to the first who waits. */
function endTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else busy -= 1;
}

function end({ process: child }: Child): void {
  child.kill("SIGKILL");
}

const isSource = import.meta.url.endsWith(".ts");

async function start(): Promise<ChildProcess> {
  const entry = fileURLToPath(new URL(isSource ? "./child.ts" : "./sandbox.mjs", import.meta.url));
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const { PATH, NODE_ENV, TMPDIR, TEMP, SystemRoot } = process.env;
  const child = fork(entry, [], {
    execArgv: ["--max-old-space-size=512", ...(isSource ? ["--import", loader()] : [])],
    // Nothing of our environment but what Node needs: no secret may be read where strangers' bytes are parsed.
    env: { PATH, NODE_ENV, TMPDIR, TEMP, SystemRoot },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // A child without work does not keep the jobs process alive.
  child.unref();
  child.channel?.unref();
  child.on("error", (error) => log.warn({ err: error }, "a process that parses files could not be started or told"));
  await answerOf<"ready">(child, startMs).catch((error: unknown) => {
    // Not the fault of the file that waits for it.
    throw new Error("a process that parses files did not start", { cause: error });
  });
  return child;
}

function ask(child: ChildProcess, request: object, deadlineMs: number): Promise<Answer> {
  const answer = answerOf<Answer>(child, deadlineMs);
  child.send(request, (error) => {
    // The end of the child is what is waited for.
    if (error) child.kill("SIGKILL");
  });
  return answer;
}

function answerOf<T>(child: ChildProcess, deadlineMs: number): Promise<T> {
  child.channel?.ref();
  return new Promise<T>((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, deadlineMs);
    const over = () => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      child.channel?.unref();
    };
    const onMessage = (answer: unknown) => {
      over();
      resolve(answer as T); // our own child's word
    };
    const onExit = (code: number | null, signal: string | null) => {
      over();
      const how = late ? `no answer within ${deadlineMs} ms` : `exit ${code ?? signal}`;
      log.warn({ how }, "a process that parses files died");
      reject(new SandboxDied(how));
    };
    child.once("message", onMessage);
    child.once("exit", onExit);
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
  });
}
