"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Writes into the field: in place of what is selected, or of the stretch that is given, also while the focus is
 * elsewhere. The caret stands behind it then.
 */
export function useInsert(
  area: RefObject<HTMLTextAreaElement | null>,
  onText: (text: string) => void,
): (inserted: string, stretch?: { start: number; end: number }) => void {
  const caret = useRef<number | null>(null);
  // React has written the text by now, which moves the caret to its end.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    area.current?.setSelectionRange(caret.current, caret.current);
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
