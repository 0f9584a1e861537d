/**
 * Loaded into every child by `--import`: when the process that started it is gone, however it went, the child stops too.
 * The message channel between the two closes by itself at that moment. Plain JavaScript, so it costs the child nothing.
 *
 * Reads IMCHAT_PARENT_PID, the process id of who holds it. A child's own children inherit the option but not the leash: they
 * may live on their channels, as the workers of a Next build do, and are the business of who started them.
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
