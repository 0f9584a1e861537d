/**
 * The worker and its supervisor (`scripts/children.ts`, or systemd). A supervisor may open the listening socket and
 * pass it on: then connections wait in its queue while no worker runs, and are not refused. It is passed as systemd
 * does it: LISTEN_FDS is the number of sockets, the first is file descriptor 3, and LISTEN_PID is the process it is
 * meant for.
 */

/** File descriptor of the inherited socket; undefined when the worker opens its own. */
export function readInheritedSocket(): number | undefined {
  const { LISTEN_FDS: count, LISTEN_PID: pid } = process.env;
  if (!(Number(count) >= 1)) return undefined;
  const isForUs = pid ? pid === String(process.pid) : isSupervised();
  return isForUs ? 3 : undefined;
}

/** True when the parent process is our own supervisor. */
const isSupervised = () => process.env.IMCHAT_SUPERVISOR === String(process.ppid);

const maxWaitMs = 6_000;

export function reportReady(): void {
  if (isSupervised() && process.connected) process.send?.("ready");
}

/**
 * Resolves when this worker may stop: at once without our supervisor, else when the next worker is ready, so that
 * disconnected clients can reconnect at once.
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
