/** Starting a Node process that never outlives us (parent-watch.mjs). */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "#scripts/settings.ts";

const watchParent = pathToFileURL(path.join(root, "scripts/parent-watch.mjs")).href;

export type WatchedChildOptions = {
  args: string[];
  environment: Record<string, string | undefined>;
  output: "pipe" | "inherit";
  /** For programs that ask questions. */
  input?: "inherit";
  /** A process group of its own: signals of the terminal do not reach it, and one signal reaches all it started. */
  ownGroup?: boolean;
  /** A socket to listen on, handed over as systemd does: file descriptor 3, LISTEN_FDS=1. */
  listenFd?: number | undefined;
};

export function spawnWatched(child: WatchedChildOptions): ChildProcess {
  const { args, environment, output, input, ownGroup = false, listenFd } = child;
  // What was handed to us is not for our children.
  const handed = { LISTEN_PID: undefined, LISTEN_FDS: listenFd === undefined ? undefined : "1" };
  const options: SpawnOptions = {
    cwd: root,
    env: { ...process.env, ...environment, ...handed, IMCHAT_PARENT_PID: String(process.pid) },
    stdio: [input ?? "ignore", output, output, ...(listenFd === undefined ? [] : [listenFd]), "ipc"],
    // On Windows this would open a window instead.
    detached: ownGroup && process.platform !== "win32",
    windowsHide: true,
  };
  return spawn(process.execPath, ["--import", watchParent, ...args], options);
}

/** Resolves with the exit code; a signal counts as 1. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
