import { createLocalStore } from "#client/local-store.ts";

/** Seconds for which a message of mine is held before it is sent, to be taken back; 0: it leaves at once. */
export const undoChoices = [0, 3, 5, 10] as const;
export type UndoSeconds = (typeof undoChoices)[number];

/** A choice of this device, by the person's id. */
export const undoWindows = createLocalStore("undo/");

export const readUndoSeconds = (text: string): UndoSeconds =>
  undoChoices.find((seconds) => String(seconds) === text) ?? 0;
