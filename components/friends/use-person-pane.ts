"use client";

import { useCallback, useRef, useState } from "react";
import type { ProfileOf } from "#client/people/use-profile.ts";
import { useShowProfile } from "#components/profiles/show-profile.ts";

/** The person beside the list. Choosing one leads the focus there, `back` to where it was. */
export function usePersonPane() {
  const show = useShowProfile();
  const pane = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  const [who, setWho] = useState<ProfileOf | null>(null);
  const choose = useCallback(
    (chosen: ProfileOf) => {
      // Hidden where there is no room for it.
      if (!pane.current?.checkVisibility()) return show(chosen);
      before.current = document.activeElement;
      setWho(chosen);
      pane.current.focus();
    },
    [show],
  );
  const back = () => {
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  return { pane, who, choose, back };
}
