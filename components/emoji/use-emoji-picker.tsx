"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { useEmoji } from "#client/emoji/use-emoji.ts";
import { useRecentEmoji } from "#client/emoji/use-recent-emoji.ts";
import { useSkinTone } from "#client/emoji/use-skin-tone.ts";
import { EmojiGrid, type GridHandle } from "#components/emoji/emoji-grid.tsx";
import { EmojiSearch } from "#components/emoji/emoji-search.tsx";
import { GroupBar } from "#components/emoji/group-bar.tsx";
import { SkinToneButton } from "#components/emoji/skin-tone-button.tsx";
import { type Shown, useEmojiSections } from "#components/emoji/use-emoji-sections.ts";
import { useGridWindow } from "#components/emoji/use-grid-window.ts";
import { QueryView } from "#components/ui/query-view.tsx";

/** Chooses one emoji after the other; `byKeyboard`: the focus is to stay where it is. */
export type OnChooseEmoji = (emoji: string, byKeyboard: boolean) => void;

/** All emoji: `header` searches them and has the skin tone, `body` shows them. */
export function useEmojiPicker(onChoose: OnChooseEmoji): { header: ReactNode; body: ReactNode } {
  const t = useTranslations("emoji");
  const { list, status, retry } = useEmoji();
  const [query, setQuery] = useState("");
  const [tone, setTone] = useSkinTone();
  const { recents, remember } = useRecentEmoji();
  const sections = useEmojiSections(list, query, tone, recents);
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const choose: OnChooseEmoji = (emoji, byKeyboard) => {
    remember(emoji);
    onChoose(emoji, byKeyboard);
  };
  const found = sections[0]?.key === "found" ? sections[0].items : null;
  const takeFirst = () => {
    const first = found?.[0];
    if (first) choose(first.emoji, true);
  };
  return {
    header: (
      <>
        <EmojiSearch
          {...{ field, query }}
          onQuery={setQuery}
          onDown={() => grid.current?.focus(0)}
          onEnter={takeFirst}
        />
        <SkinToneButton tone={tone} onTone={setTone} />
      </>
    ),
    body: (
      <QueryView status={status} retry={retry}>
        <p role="status" className="sr-only">
          {found ? t("found", { count: found.length }) : ""}
        </p>
        {found?.length === 0 ? (
          <p className="flex-1 px-6 py-10 text-center text-ink-soft">{t("nothingFound")}</p>
        ) : (
          <Groups key={found ? query : ""} sections={sections} grid={grid} onChoose={choose} />
        )}
      </QueryView>
    ),
  };
}

type GroupsProps = {
  sections: ReturnType<typeof useEmojiSections>;
  grid: RefObject<GridHandle | null>;
  onChoose: OnChooseEmoji;
};

function Groups({ sections, grid, onChoose }: GroupsProps) {
  const t = useTranslations("emoji");
  const gridWindow = useGridWindow<Shown>(sections);
  const { layout, view, scrollToTop } = gridWindow;
  const headings = layout.rows.filter((row) => row.type === "heading");
  const current = headings.findLast(({ top }) => top <= view.top + 1);
  const jump = (group: string) => scrollToTop(headings.find(({ key }) => key === group)?.top ?? 0);
  return (
    <>
      <EmojiGrid label={t("label")} window={gridWindow} handle={grid} onChoose={onChoose} />
      {headings.length > 0 ? (
        <GroupBar groups={headings.map(({ key }) => key)} current={current?.key} onJump={jump} />
      ) : null}
    </>
  );
}
