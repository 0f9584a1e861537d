"use client";

import { type OnChooseEmoji, useEmojiPicker } from "#components/emoji/use-emoji-picker.tsx";

/** All emoji, for a popover or a sheet. */
export function EmojiPicker({ onChoose }: { onChoose: OnChooseEmoji }) {
  const { header, body } = useEmojiPicker(onChoose);
  return (
    <>
      <div className="flex items-center gap-1.5 px-2 py-1.5 sm:px-4">{header}</div>
      {body}
    </>
  );
}
