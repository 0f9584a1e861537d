import type { Locks } from "#client/realtime/tabs/leader.ts";

type Request = { whileHeld: () => Promise<void> | undefined; resolve: () => void; reject: (reason: unknown) => void };

const abortError = () => new DOMException("The lock was stolen or is no longer wanted.", "AbortError");

/**
 * Web Locks for the tabs of one process, as far as the product uses them: exclusive, first come first served, with
 * `steal` and `signal`. `tests/journeys/tabs.spec.ts` shows the same with the locks of a real browser.
 */
export function createLocks(): Locks & { waiting(): number } {
  let holder: Request | null = null;
  const queue: Request[] = [];

  function grant(request: Request): void {
    holder = request;
    // As in a browser, the request has returned before the lock is granted.
    queueMicrotask(async () => {
      await request.whileHeld();
      request.resolve();
      if (holder === request) grantNext();
    });
  }

  function grantNext(): void {
    holder = null;
    const next = queue.shift();
    if (next) grant(next);
  }

  return {
    waiting: () => queue.length,
    request: (_name, { steal, signal }, whileHeld) =>
      new Promise<void>((resolve, reject) => {
        if (signal && steal) throw new DOMException("signal and steal exclude each other", "NotSupportedError");
        if (signal?.aborted) throw abortError();
        const request = { whileHeld, resolve, reject };
        if (steal) {
          holder?.reject(abortError());
          grant(request);
        } else if (holder) {
          queue.push(request);
          signal?.addEventListener("abort", () => {
            const at = queue.indexOf(request);
            if (at >= 0) queue.splice(at, 1);
            if (at >= 0) reject(abortError());
          });
        } else grant(request);
      }),
  };
}
