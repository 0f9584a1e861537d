/**
 * All keyboard shortcuts. The sheet lists this table. Those that work in the whole app or the chat area are handled by
 * `useShortcut` with a name from here; those of `composer` and `message` belong to the focused field or message, which
 * handles them. "Mod" is Ctrl, on Apple's machines ⌘. "1…9" is any of these digits. `installed`: only where the app has a
 * window of its own; in a browser the same keys switch tabs.
 */
export const shortcuts = {
  search: { group: "anywhere", keys: ["Mod+K"] },
  help: { group: "anywhere", keys: ["?", "Mod+/"] },
  previousChat: { group: "chats", keys: ["Alt+ArrowUp"] },
  nextChat: { group: "chats", keys: ["Alt+ArrowDown"] },
  previousUnread: { group: "chats", keys: ["Alt+Shift+ArrowUp"] },
  nextUnread: { group: "chats", keys: ["Alt+Shift+ArrowDown"] },
  nthChat: { group: "chats", keys: ["Mod+1…9"], installed: true },
  nextPane: { group: "chats", keys: ["F6"] },
  previousPane: { group: "chats", keys: ["Shift+F6"] },
  find: { group: "chats", keys: ["Mod+F"] },
  details: { group: "chats", keys: ["Mod+."] },
  send: { group: "composer", keys: ["Enter"] },
  newLine: { group: "composer", keys: ["Shift+Enter"] },
  editLast: { group: "composer", keys: ["ArrowUp"] },
  reply: { group: "message", keys: ["R"] },
  menu: { group: "message", keys: ["Shift+F10"] },
  move: { group: "message", keys: ["ArrowUp", "ArrowDown"] },
  leave: { group: "message", keys: ["Escape"] },
} as const satisfies Record<string, { group: string; keys: readonly string[]; installed?: true }>;

export type ShortcutName = keyof typeof shortcuts;
export const shortcutGroups = ["anywhere", "chats", "composer", "message"] as const;

type Press = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };

/** Whether a press is one of the keys of a shortcut. Marks such as "?" need Shift on some keyboards and not on others. */
export function isShortcut(press: Press, name: ShortcutName, apple: boolean): boolean {
  return shortcuts[name].keys.some((keys) => {
    const parts = keys.split("+");
    const key = parts.at(-1) ?? "";
    const has = (part: string) => parts.includes(part);
    const isMark = /^[^\p{L}\p{N}]$/u.test(key);
    return (
      (key === "1…9" ? /^[1-9]$/.test(press.key) : press.key.toLowerCase() === key.toLowerCase()) &&
      press.ctrlKey === (has("Mod") && !apple) &&
      press.metaKey === (has("Mod") && apple) &&
      press.altKey === has("Alt") &&
      (isMark || press.shiftKey === has("Shift"))
    );
  });
}

const common: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Mod: "Ctrl" };
const ofApple: Record<string, string> = { ...common, Mod: "⌘", Alt: "⌥", Shift: "⇧" };

/** The caps of a key combination, as they are printed on the keyboard: ["Ctrl", "K"]. */
export const capsOf = (keys: string, apple: boolean): string[] =>
  keys.split("+").map((part) => (apple ? ofApple : common)[part] ?? part);

/** Only in the browser. */
export const isApple = (): boolean => /^(?:Mac|iP)/.test(navigator.platform);

/** Whether a shortcut works in this window. Only in the browser. */
export const isOffered = (name: ShortcutName): boolean =>
  !("installed" in shortcuts[name]) ||
  matchMedia("(display-mode: standalone), (display-mode: window-controls-overlay)").matches;
