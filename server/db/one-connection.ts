import { AsyncLocalStorage } from "node:async_hooks";

/**
 * One operation holds one connection. Code that asks the pool for a second one while it holds a transaction waits for
 * the others that do the same: with as many of them as the pool has connections, none goes on until a timeout ends
 * them. So asking is an error, and the first test that walks the path finds it.
 */
const open = new AsyncLocalStorage<{ ended: boolean }>();

/** Runs the body of a transaction; work that it started and that outlives it may use the pool again. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const state = { ended: false };
  try {
    return await open.run(state, work);
  } finally {
    state.ended = true;
  }
}

/** Throws when called from the body of an open transaction; `what` names the call in the message. */
export function refuseInsideTransaction(what: string): void {
  const state = open.getStore();
  if (state && !state.ended) throw new Error(`${what} inside a transaction would wait for a second connection`);
}
