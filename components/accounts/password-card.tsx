"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useChangePassword } from "#client/accounts/use-account-mutations.ts";
import { useMe } from "#client/accounts/use-me.ts";
import { reasonOf } from "#client/refusal.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useRefusalText, useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";

export function PasswordCard() {
  const t = useTranslations("accounts");
  const me = useMe();
  const [trouble, setTrouble] = useState<{ field: "current" | "next"; text: string } | null>(null);
  const { mutate, isPending } = useChangePassword();
  const sentence = useRefusalText();
  const showError = useShowError();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setTrouble(null);
    mutate(
      { current: String(data.get("current")), next: String(data.get("next")) },
      {
        onSuccess: ({ revoked }) => {
          form.reset();
          toast.success(t("password.changed", { revoked }));
        },
        onError: (error) => {
          const { reason, params } = reasonOf(error);
          const wrong = reason === "incorrect_password" || reason === "invalid_credentials";
          const mine = wrong || reason.startsWith("password_") || reason === "invalid_characters";
          if (mine) setTrouble({ field: wrong ? "current" : "next", text: sentence(reason, params) });
          else showError(error);
        },
      },
    );
  };
  const errorOf = (field: "current" | "next") => (trouble?.field === field ? trouble.text : null);
  return (
    <Card title={t("password.change")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {/* Password managers need the user name beside the password. */}
        <input type="text" autoComplete="username" value={me.handle} readOnly hidden />
        <TextField
          label={t("password.current")}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={errorOf("current")}
        />
        <TextField
          label={t("password.next")}
          hint={t("password.hint", { min: limits.password.min })}
          name="next"
          type="password"
          autoComplete="new-password"
          required
          error={errorOf("next")}
        />
        <div className="flex justify-end">
          <Button type="submit" variant="secondary" busy={isPending}>
            {t("password.change")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
