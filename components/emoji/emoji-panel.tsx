"use client";

import { useTranslations } from "next-intl";
import { Tabs } from "radix-ui";
import { usePanelTab } from "#client/emoji/use-panel-tab.ts";
import { type OnChooseEmoji, useEmojiPicker } from "#components/emoji/use-emoji-picker.tsx";
import { StickerShelves } from "#components/stickers/sticker-shelves.tsx";
import type { Sticker } from "#contracts/stickers.ts";

type PanelProps = { onEmoji: OnChooseEmoji; onSticker: (sticker: Sticker) => void };

const tabClass =
  "tap rounded-xl px-3 font-medium text-ink-soft text-sm hover:bg-hover data-[state=active]:bg-accent-soft data-[state=active]:text-accent-ink";

/** Emoji beside stickers; it opens with what was open last. */
export function EmojiPanel({ onEmoji, onSticker }: PanelProps) {
  const t = useTranslations("emoji");
  const [tab, setTab] = usePanelTab();
  const { header, body } = useEmojiPicker(onEmoji);
  return (
    <Tabs.Root value={tab} onValueChange={setTab} className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-1.5 px-2 py-1.5 sm:px-4">
        <Tabs.List aria-label={t("tabs")} className="flex shrink-0 gap-1">
          <Tabs.Trigger value="emoji" className={tabClass}>
            {t("tab")}
          </Tabs.Trigger>
          <Tabs.Trigger value="stickers" className={tabClass}>
            {t("stickers")}
          </Tabs.Trigger>
        </Tabs.List>
        {tab === "emoji" ? header : null}
      </div>
      <Tabs.Content value="emoji" tabIndex={-1} className="flex min-h-0 flex-1 flex-col data-[state=inactive]:hidden">
        {body}
      </Tabs.Content>
      <Tabs.Content
        value="stickers"
        tabIndex={-1}
        className="flex min-h-0 flex-1 flex-col data-[state=inactive]:hidden"
      >
        <StickerShelves onChoose={onSticker} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
