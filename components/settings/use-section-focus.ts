"use client";

import { type RefObject, useEffect, useRef } from "react";
import { goToList } from "#components/conversations/chat-link.tsx";
import { type SettingsSection, sectionPath } from "#components/settings/settings-route.ts";

const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });

/**
 * The focus goes into the section that was opened; where that covers the list, back to its link when it closes.
 * `leave`, for Escape: to its link beside it, else to the list.
 */
export function useSectionFocus(open: SettingsSection | null) {
  const pane = useRef<HTMLElement>(null);
  const list = useRef<HTMLElement>(null);
  const before = useRef(open);
  useEffect(() => {
    const left = before.current;
    before.current = open;
    if (left === open) return;
    if (open !== null) pane.current?.focus({ preventScroll: true });
    else if (left && pane.current && !isShown(pane.current)) linkOf(list, left)?.focus({ preventScroll: true });
  }, [open]);
  const leave = () => {
    const link = list.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (link && isShown(link)) link.focus();
    // A form that is half filled in is not left by a key that means its field.
    else if (!(document.activeElement instanceof HTMLInputElement)) goToList();
  };
  return { pane, list, leave };
}

const linkOf = (list: RefObject<HTMLElement | null>, section: SettingsSection) =>
  list.current?.querySelector<HTMLElement>(`a[href="${sectionPath(section)}"]`);
