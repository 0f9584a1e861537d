"use client";

import { useTranslations } from "next-intl";
import { Profile } from "#components/profiles/profile-dialog.tsx";
import { Page } from "#components/ui/card.tsx";
import { handle } from "#contracts/accounts.ts";

/** Where a person's link and QR code lead. */
export function ProfileScreen({ of }: { of: string }) {
  const t = useTranslations("profiles");
  const { data } = handle.safeParse(of);
  return (
    <Page title={t("title")}>
      <div className="w-full max-w-md rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-6">
        {data === undefined ? (
          <p className="py-6 text-center text-ink-soft">{t("gone")}</p>
        ) : (
          <Profile who={{ personId: null, query: `@${data}` }} />
        )}
      </div>
    </Page>
  );
}
