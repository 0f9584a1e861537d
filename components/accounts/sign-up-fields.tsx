"use client";

import { useTranslations } from "next-intl";
import type { SignUpErrors } from "#components/accounts/sign-up-form.tsx";
import { TextField } from "#components/ui/field.tsx";
import { limits } from "#contracts/limits.ts";

export function SignUpFields({ troubles }: { troubles: SignUpErrors }) {
  const t = useTranslations("accounts");
  return (
    <>
      <TextField
        label={t("displayName.label")}
        name="displayName"
        autoComplete="name"
        required
        error={troubles.displayName}
      />
      <TextField
        label={t("handle.label")}
        hint={t("handle.hint", { min: limits.handle.min, max: limits.handle.max })}
        name="handle"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={troubles.handle}
      />
      <TextField
        label={t("password.label")}
        hint={t("password.hint", { min: limits.password.min })}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        error={troubles.password}
      />
      <details open={Boolean(troubles.mobile || troubles.email) || undefined} className="group">
        <summary className="tap flex items-center font-medium text-accent-ink">{t("signUp.more")}</summary>
        <div className="flex flex-col gap-4 pt-2">
          <TextField
            label={t("mobile.label")}
            hint={t("mobile.hint")}
            name="mobile"
            type="tel"
            autoComplete="tel"
            error={troubles.mobile}
          />
          <TextField
            label={t("email.label")}
            hint={t("email.hint")}
            name="email"
            type="email"
            autoComplete="email"
            error={troubles.email}
          />
        </div>
      </details>
    </>
  );
}
