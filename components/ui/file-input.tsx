"use client";

import { useRef } from "react";

type FileInputProps = {
  /** What is picked, for screen readers and tests: the words of the button that opens it. */
  label: string;
  /** Called with one file at least. */
  onFiles: (files: File[]) => void;
  accept?: string | undefined;
  multiple?: boolean;
  /** A phone opens its camera. */
  capture?: "environment" | undefined;
};

/** A file input without a look of its own: render `input` anywhere, and call `open` from a button. */
export function useFileInput({ label, onFiles, ...rest }: FileInputProps) {
  const ref = useRef<HTMLInputElement>(null);
  const input = (
    <input
      ref={ref}
      type="file"
      hidden
      tabIndex={-1}
      aria-label={label}
      {...rest}
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        event.target.value = ""; // the same files may be picked again
        if (files.length > 0) onFiles(files);
      }}
    />
  );
  return { input, open: () => ref.current?.click() };
}
