/**
 * The worker and what started it (`scripts/children.ts`, or systemd). A supervisor may hold the listening socket and
 * hand it over: then connections wait in its queue while no worker is there, and are not refused. It is handed over the
 * way systemd does it: LISTEN_FDS says how many, the first is file descriptor 3, LISTEN_PID says whom it is for.
 */

/** The socket to listen on; undefined when the worker opens its own. */
export function readInheritedSocket(): number | undefined {
  const { LISTEN_FDS: count, LISTEN_PID: pid } = process.env;
  if (!(Number(count) >= 1)) return undefined;
  const isForUs = pid ? pid === String(process.pid) : isSupervised();
  return isForUs ? 3 : undefined;
}

/** Started by our own supervisor, not by something between. */
const isSupervised = () => process.env.IMCHAT_SUPERVISOR === String(process.ppid);

const maxWaitMs = 6_000;

export function reportReady(): void {
  if (isSupervised() && process.connected) process.send?.("ready");
}

/**
 * Resolves when this worker may go: at once without a supervisor of ours, else when the next worker answers. Those who
 * are sent away then find somebody at once.
 */
export function waitForSuccessor(): Promise<void> {
  if (!isSupervised() || !process.connected) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(resolve, maxWaitMs);
    const done = () => {
      clearTimeout(late);
      resolve();
    };
    process.on("message", (message) => message === "go" && done());
    process.once("disconnect", done);
    process.send?.("leaving");
  });
}
