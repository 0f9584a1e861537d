import { createListeners } from "#client/listeners.ts";

/** The wish to search, from anywhere in the app, until the field takes it: the field may first have to appear. */
const listeners = createListeners();
let wanted = false;

export function requestSearch(): void {
  wanted = true;
  listeners.notify();
}

export function takeSearchRequest(): void {
  wanted = false;
}

export const isSearchRequested = (): boolean => wanted;
export const onSearchRequest = listeners.subscribe;
