"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Writes into the field: in place of what is selected, or of the stretch that is given, also while the focus is
 * elsewhere. The caret stands behind it then, and behind a draft that was there before.
 */
export function useInsert(
  area: RefObject<HTMLTextAreaElement | null>,
  onText: (text: string) => void,
): (inserted: string, stretch?: { start: number; end: number }) => void {
  const caret = useRef<number | null>(null);
  const empty = useRef(true);
  // React has written the text by now, which moves the caret.
  useLayoutEffect(() => {
    const field = area.current;
    if (!field) return;
    if (empty.current && field.value !== "") {
      empty.current = false;
      if (field.selectionEnd === 0) caret.current ??= field.value.length;
    }
    if (caret.current !== null) field.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  return (inserted, stretch) => {
    const field = area.current;
    if (!field) return;
    const { start, end } = stretch ?? { start: field.selectionStart, end: field.selectionEnd };
    caret.current = start + inserted.length;
    onText(field.value.slice(0, start) + inserted + field.value.slice(end));
  };
}
