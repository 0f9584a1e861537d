import { createListeners } from "#client/listeners.ts";

/** Which friends are online, as last reported by the worker. */
export type Presence = {
  change(change: PresenceChange): void;
  /** The connection is lost, so presence is unknown. */
  forget(): void;
  isOnline(personId: string): boolean;
  /** Ids of all online friends. */
  online(): string[];
  subscribe(listener: () => void): () => void;
};

export type PresenceChange = { online: string[]; offline: string[] };

export function createPresence(): Presence {
  const known = new Set<string>();
  const { notify, subscribe } = createListeners();
  return {
    change: ({ online, offline }) => {
      for (const personId of online) known.add(personId);
      for (const personId of offline) known.delete(personId);
      notify();
    },
    forget: () => {
      known.clear();
      notify();
    },
    isOnline: (personId) => known.has(personId),
    online: () => [...known],
    subscribe,
  };
}
