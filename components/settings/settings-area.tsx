"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { usePanes } from "#components/conversations/use-panes.ts";
import { sectionViews, useSectionTitle } from "#components/settings/section-view.tsx";
import { SettingsList } from "#components/settings/settings-list.tsx";
import { sectionOf } from "#components/settings/settings-route.ts";
import { useSectionFocus } from "#components/settings/use-section-focus.ts";
import { onEscape } from "#components/ui/on-escape.ts";

/** The width from which the section stands beside the list: the breakpoint `pair`. */
const pair = "(min-width: 56.25rem)";

function onPairChange(tell: () => void): () => void {
  const query = matchMedia(pair);
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}

/** The list of sections, and one of them: beside it from 900 px, below that in its place. `/settings` shows the list, and beside it my profile. */
export function SettingsArea() {
  const t = useTranslations("settings");
  const open = sectionOf(usePathname());
  const isPair = useSyncExternalStore(
    onPairChange,
    () => matchMedia(pair).matches,
    () => false,
  );
  const { pane, list, leave } = useSectionFocus(open);
  const titleOf = useSectionTitle();
  usePanes();
  const title = t("tabTitle", { page: open ? titleOf(open) : t("title") });
  useEffect(() => {
    document.title = title;
  }, [title]);
  const section = open ?? "profile";
  const { View } = sectionViews[section];
  return (
    <div className="relative flex h-full">
      <SettingsList ref={list} open={open} shown={open ?? (isPair ? section : null)} />
      <section
        key={section}
        ref={pane}
        data-pane
        tabIndex={-1}
        aria-label={titleOf(section)}
        onKeyDown={onEscape(leave)}
        className={`pane-scroll h-full min-w-0 flex-1 bg-surface outline-none ${open ? "" : "max-pair:hidden"}`}
      >
        <View />
      </section>
    </div>
  );
}
