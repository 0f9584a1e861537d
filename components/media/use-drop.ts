"use client";

import { useEffect, useRef, useState } from "react";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Files dropped anywhere in the window, and whether some hover over it now. */
export function useDrop(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    // Entering a child comes before leaving its parent, so a flag alone would flicker.
    let depth = 0;
    const set = (to: number) => {
      depth = Math.max(0, to);
      setOver(depth > 0);
    };
    const listeners: [string, (event: DragEvent) => void][] = [
      ["dragenter", () => set(depth + 1)],
      ["dragleave", () => set(depth - 1)],
      ["dragover", () => {}],
      [
        "drop",
        (event) => {
          set(0);
          take.current([...(event.dataTransfer?.files ?? [])]);
        },
      ],
    ];
    const ended = new AbortController();
    for (const [name, listener] of listeners) {
      const onEvent = (event: Event) => {
        if (!(event instanceof DragEvent) || !hasFiles(event)) return;
        event.preventDefault(); // else the browser leaves the page for the file
        listener(event);
      };
      addEventListener(name, onEvent, { signal: ended.signal });
    }
    return () => ended.abort();
  }, []);
  return over;
}
