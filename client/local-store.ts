import { createListeners } from "#client/listeners.ts";

/** What all keys begin with, so that they are found without the module that wrote them. */
const root = "imchat-";
const all: Map<string, string>[] = [];

/**
 * Short texts that this browser keeps for somebody, by key: drafts, what was used lately. Storage may be full or forbidden;
 * then they live as long as the tab. The keys name the person, because two may share a browser.
 */
export function createLocalStore(name: string) {
  const { notify: tell, subscribe } = createListeners();
  const remembered = new Map<string, string>();
  all.push(remembered);
  return {
    subscribe,
    read: (key: string): string => {
      const held = remembered.get(key);
      if (held !== undefined) return held;
      let stored = "";
      try {
        stored = localStorage.getItem(root + name + key) ?? "";
      } catch {
        // Private windows of some browsers refuse storage altogether.
      }
      remembered.set(key, stored);
      return stored;
    },
    write: (key: string, text: string): void => {
      remembered.set(key, text);
      try {
        if (text === "") localStorage.removeItem(root + name + key);
        else localStorage.setItem(root + name + key, text);
      } catch {
        // Kept in memory above.
      }
      tell();
    },
  };
}

/** Whoever signs out leaves nothing readable behind. */
export function clearLocalStores(): void {
  for (const remembered of all) remembered.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(root)) localStorage.removeItem(key);
  } catch {
    // Nothing could have been kept either.
  }
}
