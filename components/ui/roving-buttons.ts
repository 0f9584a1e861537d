import type { FocusEvent, KeyboardEvent } from "react";

const buttons = (list: HTMLElement) => [...list.querySelectorAll("button")];

/** For the focus event of a list of buttons that is one stop of the Tab key: the stop is the button that has the focus. */
export function moveStop(event: FocusEvent, list: HTMLElement): void {
  for (const button of buttons(list)) button.tabIndex = button === event.target ? 0 : -1;
}

/** How many stand in a row is for the browser to say. */
const columnsOf = (all: readonly HTMLElement[]) =>
  Math.max(1, all.filter(({ offsetTop }) => offsetTop === all[0]?.offsetTop).length);

/** For its keys: arrows, Home and End go from button to button. */
export function stepButtons(event: KeyboardEvent, list: HTMLElement): void {
  const all = buttons(list);
  const at = event.target instanceof HTMLButtonElement ? all.indexOf(event.target) : -1;
  const forward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
  const targets: Record<string, number> = {
    ArrowRight: at + forward,
    ArrowLeft: at - forward,
    ArrowDown: at + columnsOf(all),
    ArrowUp: at - columnsOf(all),
    Home: 0,
    End: all.length - 1,
  };
  const target = targets[event.key];
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  all[target]?.focus();
}
