/** The part of `navigator.locks` that is used here. */
export type Locks = {
  request(name: string, options: LockOptions, whileHeld: () => Promise<void> | undefined): Promise<unknown>;
};

export type Leadership = {
  /** Takes the lead from the tab that has it. */
  steal(): void;
  /** Gives the lead to the next waiting tab, or stops waiting for it. */
  close(): void;
};

/**
 * Makes one tab the leader: the tab that holds the Web Lock of this name. The others wait in line; the browser passes
 * the lock on when the leader closes or crashes. A tab from which the lock was stolen (`onStolen`) waits in line again.
 * Neither is called after `close`.
 */
export function requestLeadership(
  locks: Locks,
  name: string,
  { onLead, onStolen }: { onLead: () => void; onStolen: () => void },
): Leadership {
  let closed = false;
  let leading = false;
  let stealNext = false;
  let waiting = new AbortController();
  let release = () => {};
  const untilClosed = new Promise<void>((resolve) => {
    release = resolve;
  });

  function lead(): Promise<void> | undefined {
    if (closed) return;
    leading = true;
    stealNext = false;
    onLead();
    return untilClosed;
  }

  async function compete(): Promise<void> {
    for (;;) {
      const { signal } = waiting;
      const steal = stealNext;
      // The API allows no signal together with `steal`.
      const held = locks.request(name, steal ? { steal } : { signal }, lead);
      const ended = await held.then(
        () => true,
        () => closed,
      );
      if (ended) return;
      if (leading) {
        leading = false;
        onStolen();
      } else if (!signal.aborted) {
        // This browser gives out no locks, for example because it blocks storage: each tab leads itself.
        void lead();
        return;
      }
    }
  }
  void compete();

  return {
    steal: () => {
      if (leading) return;
      stealNext = true;
      waiting.abort();
      waiting = new AbortController();
    },
    close: () => {
      closed = true;
      waiting.abort();
      release();
    },
  };
}
