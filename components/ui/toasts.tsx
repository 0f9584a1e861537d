"use client";

import { useTranslations } from "next-intl";
import { Toaster } from "sonner";
import { useTheme } from "#client/preferences/use-theme.ts";

export function Toasts() {
  const t = useTranslations("app");
  const { theme } = useTheme();
  return (
    <Toaster
      theme={theme}
      position="top-center"
      containerAriaLabel={t("toasts")}
      toastOptions={{
        className: "!rounded-2xl !text-body",
        style: { background: "var(--raised)", color: "var(--ink)", borderColor: "var(--line)", fontFamily: "inherit" },
      }}
    />
  );
}
