/** A list of change listeners; `subscribe` has the shape that `useSyncExternalStore` takes. */
export type Listeners = { notify(): void; subscribe(listener: () => void): () => void };

export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    notify: () => {
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
