"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { goToList } from "#components/conversations/chat-link.tsx";
import { isSearchRequested, onSearchRequest, takeSearchRequest } from "#components/search/search-request.ts";

/**
 * Brings the focus into the field when a search is requested, on a phone once the list is in front. The function
 * that is returned gives the focus back to where it came from.
 */
export function useSearchFocus(field: RefObject<HTMLInputElement | null>, openId: string | null): () => void {
  const before = useRef<HTMLElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: closing the conversation brings the list to the front.
  useEffect(() => {
    const answer = () => {
      if (!isSearchRequested() || !field.current) return;
      if (!field.current.checkVisibility({ visibilityProperty: true })) return goToList();
      takeSearchRequest();
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && activeElement !== field.current) before.current = activeElement;
      field.current.focus({ preventScroll: true });
      field.current.select();
    };
    answer();
    return onSearchRequest(answer);
  }, [field, openId]);
  return useCallback(() => {
    const target = before.current;
    before.current = null;
    field.current?.blur();
    if (target?.isConnected && target.checkVisibility({ visibilityProperty: true }))
      target.focus({ preventScroll: true });
  }, [field]);
}
