"use client";

import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { useLocalText } from "#client/use-local-text.ts";
import {
  capsOf,
  isApple,
  isOffered,
  type ShortcutName,
  shortcutGroups,
  shortcuts,
} from "#components/shortcuts/shortcuts.ts";
import { singleKeys } from "#components/shortcuts/use-shortcut.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Toggle } from "#components/ui/toggle.tsx";

const names = Object.keys(shortcuts) as ShortcutName[]; // the keys of a constant

/** All shortcuts, from their table. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("shortcuts");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what takes the focus is at its end, and it scrolls. */}
      <section tabIndex={0} aria-label={t("title")} className="flex flex-col gap-4 rounded-xl outline-offset-4">
        <Groups />
        <SingleKeys />
      </section>
    </Dialog>
  );
}

/** Apart from the sheet, so that it is drawn when that is open: only a browser knows which of them work. */
function Groups() {
  const t = useTranslations("shortcuts");
  return shortcutGroups.map((group) => (
    <section key={group}>
      <h3 className="mb-1 font-medium text-ink-soft text-sm">{t(`groups.${group}`)}</h3>
      <ul className="divide-y">
        {names
          .filter((name) => shortcuts[name].group === group && isOffered(name))
          .map((name) => (
            <li key={name} className="flex items-center justify-between gap-4 py-2">
              <span className="min-w-0">{t(`names.${name}`)}</span>
              <Keys name={name} />
            </li>
          ))}
      </ul>
    </section>
  ));
}

function SingleKeys() {
  const t = useTranslations("shortcuts");
  const [text, write] = useLocalText(singleKeys);
  return (
    <Toggle
      label={t("singleKeys")}
      hint={t("singleKeysHint")}
      checked={text !== "off"}
      onChange={(on) => write(on ? "" : "off")}
    />
  );
}

function Keys({ name }: { name: ShortcutName }) {
  const t = useTranslations("shortcuts");
  const apple = isApple();
  return (
    <span className="flex shrink-0 items-center gap-1 text-sm">
      {shortcuts[name].keys.map((keys, at) => (
        <Fragment key={keys}>
          {at > 0 ? <span className="text-ink-soft">{t("or")}</span> : null}
          {capsOf(keys, apple).map((cap) => (
            <kbd key={cap} className="rounded-md border border-line-strong/60 bg-sunken px-1.5 py-0.5 font-sans">
              {cap}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
