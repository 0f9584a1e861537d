import { createListeners } from "#client/listeners.ts";

/** Who of my friends is online, as far as it was told. */
export type Presence = {
  change(change: PresenceChange): void;
  /** Nothing is known any more: the connection is gone. */
  forget(): void;
  isOnline(personId: string): boolean;
  /** All who are. */
  online(): string[];
  subscribe(listener: () => void): () => void;
};

export type PresenceChange = { online: string[]; offline: string[] };

export function createPresence(): Presence {
  const known = new Set<string>();
  const { notify: tell, subscribe } = createListeners();
  return {
    change: ({ online, offline }) => {
      for (const personId of online) known.add(personId);
      for (const personId of offline) known.delete(personId);
      tell();
    },
    forget: () => {
      known.clear();
      tell();
    },
    isOnline: (personId) => known.has(personId),
    online: () => [...known],
    subscribe,
  };
}
