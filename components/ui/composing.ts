import type { KeyboardEvent } from "react";

/**
 * Whether a key belongs to an input method that is composing: Enter chooses a word there, Escape takes it back. Safari
 * ends composing before the event of the key that ended it, which then has the code 229.
 */
export const isComposing = (event: Pick<globalThis.KeyboardEvent, "isComposing" | "keyCode">): boolean =>
  event.isComposing || event.keyCode === 229;

/** For React's events, which carry the browser's. */
export const isComposed = (event: KeyboardEvent): boolean => isComposing(event.nativeEvent);
