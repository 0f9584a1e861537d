import { createListeners } from "#client/listeners.ts";

/** Prefix of every key, so that signing out can delete them all. */
const root = "imchat-";
const all: Map<string, string>[] = [];

/**
 * Short texts in this browser's local storage, by key: drafts, recent stickers. Storage may be full or forbidden;
 * then they last as long as the tab. The keys contain the person's id, because two people may share a browser.
 */
export function createLocalStore(name: string) {
  const { notify, subscribe } = createListeners();
  const remembered = new Map<string, string>();
  all.push(remembered);
  return {
    subscribe,
    /** Of all that is stored. */
    keys: (): string[] => {
      const held = [...remembered].flatMap(([key, text]) => (text === "" ? [] : [key]));
      try {
        const begin = root + name;
        const kept = Object.keys(localStorage).filter((key) => key.startsWith(begin));
        return [...new Set([...held, ...kept.map((key) => key.slice(begin.length))])];
      } catch {
        return held;
      }
    },
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
        // The value stays in memory.
      }
      notify();
    },
  };
}

export type LocalStore = ReturnType<typeof createLocalStore>;

/** Called at sign-out: nothing readable may stay in this browser. */
export function clearLocalStores(): void {
  for (const remembered of all) remembered.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(root)) localStorage.removeItem(key);
  } catch {
    // Storage is forbidden, so nothing was stored.
  }
}
