import type { KeyboardEvent } from "react";
import { isComposed } from "#components/ui/composing.ts";

/**
 * A key handler for an element that Escape closes. Not called for keys of a dialog that the element opened (React passes
 * them on), for keys that something inside has used, and while a character is being composed.
 */
export function onEscape(close: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    const inside = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (event.key !== "Escape" || event.defaultPrevented || !inside || isComposed(event)) return;
    event.preventDefault();
    close();
  };
}
