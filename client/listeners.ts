/** Who wants to know that something changed; `subscribe` has the shape that `useSyncExternalStore` takes. */
export type Listeners = { tell(): void; subscribe(listener: () => void): () => void };

export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    tell: () => {
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
