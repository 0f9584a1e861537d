"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useId } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { MyCodeButton } from "#components/qr/my-code-button.tsx";
import { sectionViews, useSectionTitle } from "#components/settings/section-view.tsx";
import { type SettingsSection, sectionPath, settingsSections } from "#components/settings/settings-route.ts";

type ListProps = {
  ref: RefObject<HTMLElement | null>;
  open: SettingsSection | null;
  /** The section that is shown, also when the address names none. */
  shown: SettingsSection | null;
};

/** My card and my QR code, and below them the sections. */
export function SettingsList({ ref, open, shown }: ListProps) {
  const t = useTranslations("settings");
  const id = useId();
  const titleOf = useSectionTitle();
  const Title = open === null ? "h1" : "h2";
  return (
    <nav
      ref={ref}
      data-pane
      aria-labelledby={id}
      // Invisible, not absent: the list keeps its scroll position behind the section.
      className={`pane-scroll flex h-full w-full flex-col bg-surface pb-4 pair:w-72 pair:shrink-0 pair:border-e lg:w-84 ${open ? "max-pair:invisible max-pair:absolute max-pair:inset-0" : ""}`}
    >
      <Title id={id} className="flex min-h-16 items-center px-5 font-semibold text-xl tracking-tight">
        {t("title")}
      </Title>
      <Mine />
      <ul className="flex flex-col gap-0.5 p-2">
        {settingsSections.map((section) => {
          const { Icon } = sectionViews[section];
          return (
            <li key={section} className={section === "appearance" ? "mt-2 border-t pt-2" : ""}>
              <ChatLink
                href={sectionPath(section)}
                aria-current={section === shown ? "page" : undefined}
                className="tap flex items-center gap-3 rounded-xl px-3 py-2 hover:bg-hover aria-[current=page]:bg-accent-soft! aria-[current=page]:font-medium"
              >
                <Icon aria-hidden className="size-5 shrink-0 text-ink-soft" />
                <span className="min-w-0 flex-1">{titleOf(section)}</span>
                <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft pair:hidden rtl:-scale-x-100" />
              </ChatLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Mine() {
  const t = useTranslations("profiles");
  const people = useTranslations("people");
  const me = useMe();
  const show = useShowProfile();
  return (
    <div className="flex flex-col gap-3 px-3 pb-3">
      <div className="relative flex items-center gap-3 rounded-2xl p-2 has-[button:hover]:bg-hover">
        <Avatar person={me} size={56} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">
            <button
              type="button"
              aria-haspopup="dialog"
              title={t("mine")}
              onClick={() => show({ personId: me.id })}
              // All of the block is pressed.
              className="max-w-full truncate after:absolute after:inset-0"
            >
              <bdi>{me.displayName}</bdi>
            </button>
          </p>
          <p className="truncate text-ink-soft text-sm">{people("handle", { handle: me.handle })}</p>
        </div>
      </div>
      <MyCodeButton className="mx-2" />
    </div>
  );
}
