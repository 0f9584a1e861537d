"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useShowProfile } from "#components/profiles/show-profile.ts";

type ProfileButtonProps = {
  personId: string;
  /** The name that the button has for screen readers. */
  name: string;
  className?: string;
  children: ReactNode;
};

/**
 * An avatar or a name in the timeline, which opens the card of the person. No stop of the Tab key: the menu of the
 * message has the same.
 */
export function ProfileButton({ personId, name, className = "", children }: ProfileButtonProps) {
  const t = useTranslations("profiles");
  const show = useShowProfile();
  return (
    <button
      type="button"
      tabIndex={-1}
      data-aside
      aria-label={t("of", { name })}
      aria-haspopup="dialog"
      onClick={() => show({ personId })}
      className={`cursor-pointer ${className}`}
    >
      {children}
    </button>
  );
}
