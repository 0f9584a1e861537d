"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { signInHere } from "#client/accounts/sign-in.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";

/** `next` is already checked to be a path of this site. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("accounts");
  const sentence = useRefusalText();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setTrouble(null);
    const answer = await signInHere({ login: String(data.get("login")), password: String(data.get("password")) });
    if (answer.ok) {
      // A full page load, so that nothing fetched while signed out stays cached.
      location.assign(next);
      return;
    }
    setBusy(false);
    setTrouble(sentence(answer.reason, answer.params));
    form.current?.querySelector<HTMLInputElement>("input[name=password]")?.focus();
  };

  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-4">
      <h1 className="font-semibold text-2xl tracking-tight">{t("signIn.title")}</h1>
      <TextField
        label={t("signIn.login")}
        hint={t("signIn.loginHint")}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <TextField label={t("password.label")} name="password" type="password" autoComplete="current-password" required />
      <p role="alert" className="font-medium text-danger text-sm empty:hidden">
        {trouble}
      </p>
      <Button type="submit" busy={busy}>
        {t("signIn.action")}
      </Button>
      <p className="text-center text-ink-soft">
        {t.rich("signIn.orSignUp", {
          link: (words) => (
            <Link href={signUpAddress(next)} className="font-medium text-accent-ink underline underline-offset-2">
              {words}
            </Link>
          ),
        })}
      </p>
    </form>
  );
}

function signUpAddress(next: string): string {
  return next === "/c" ? "/sign-up" : `/sign-up?next=${encodeURIComponent(next)}`;
}
