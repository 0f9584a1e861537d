import { expect, test } from "vitest";
import { capsOf, isShortcut, type ShortcutName } from "#components/shortcuts/shortcuts.ts";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test.each<[string, Partial<typeof none>, ShortcutName, boolean, boolean]>([
  ["k", { ctrlKey: true }, "search", false, true],
  ["K", { ctrlKey: true }, "search", false, true],
  ["k", { metaKey: true }, "search", true, true],
  // On Apple's machines Ctrl+K deletes to the end of the line.
  ["k", { ctrlKey: true }, "search", true, false],
  ["k", { ctrlKey: true, shiftKey: true }, "search", false, false],
  ["k", {}, "search", false, false],
  ["?", { shiftKey: true }, "help", false, true],
  ["?", {}, "help", false, true],
  ["/", { ctrlKey: true }, "help", false, true],
  ["/", { ctrlKey: true, shiftKey: true }, "help", false, true],
  ["/", {}, "help", false, false],
  ["ArrowDown", { altKey: true }, "nextChat", false, true],
  ["ArrowDown", { altKey: true, shiftKey: true }, "nextChat", false, false],
  ["ArrowDown", { altKey: true, shiftKey: true }, "nextUnread", false, true],
  ["1", { ctrlKey: true }, "nthChat", false, true],
  ["9", { metaKey: true }, "nthChat", true, true],
  ["0", { ctrlKey: true }, "nthChat", false, false],
  ["1", { ctrlKey: true, shiftKey: true }, "nthChat", false, false],
  ["1", {}, "nthChat", false, false],
  ["F6", {}, "nextPane", false, true],
  ["F6", { shiftKey: true }, "nextPane", false, false],
  ["F6", { ctrlKey: true }, "nextPane", false, false],
])('key %s with %o is "%s" (Apple: %s): %s', (key, modifiers, name, apple, is) =>
  expect(isShortcut({ ...none, ...modifiers, key }, name, apple)).toBe(is),
);

test("the caps are those of the keyboard", () => {
  expect(capsOf("Mod+K", false)).toEqual(["Ctrl", "K"]);
  expect(capsOf("Mod+K", true)).toEqual(["⌘", "K"]);
  expect(capsOf("Alt+Shift+ArrowUp", false)).toEqual(["Alt", "Shift", "↑"]);
  expect(capsOf("Alt+Shift+ArrowUp", true)).toEqual(["⌥", "⇧", "↑"]);
});
