/**
 * Loaded into every child by `--import`: the child stops when the process that started it has ended, for whatever reason,
 * because the message channel between the two closes then. Plain JavaScript, so it costs the child nothing.
 *
 * Reads IMCHAT_PARENT_PID, the process id of the parent. A child's own children inherit the option but are not watched:
 * some, as the workers of a Next build, live on their channels, and their own parent ends them.
 */
import { isMainThread } from "node:worker_threads";

/** Longer than the worker needs to say goodbye to its sockets. */
const patienceMs = 8_000;

if (isMainThread && process.channel && process.env.IMCHAT_PARENT_PID === String(process.ppid)) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), patienceMs).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // The channel alone must not keep a child alive that is done.
  process.channel.unref();
}
