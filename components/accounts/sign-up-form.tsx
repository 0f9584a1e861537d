"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { signInHere } from "#client/accounts/sign-in.ts";
import { useSignUp } from "#client/accounts/use-account-mutations.ts";
import { reasonOf } from "#client/refusal.ts";
import { fieldOf, type SignUpField } from "#components/accounts/refused-fields.ts";
import { SignUpFields } from "#components/accounts/sign-up-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { type RefusalParams, useRefusalText } from "#components/ui/use-refusal-text.ts";
import { signUpInput } from "#contracts/accounts.ts";
import { limits } from "#contracts/limits.ts";
import { isReason, type Reason } from "#contracts/refusals.ts";

export type SignUpErrors = Partial<Record<SignUpField | "form", string>>;

/** `next` is already checked to be a path of this site. */
export function SignUpForm({ next }: { next: string }) {
  const t = useTranslations("accounts");
  const { busy, troubles, form, submit } = useSigningUp(next);
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <h1 className="font-semibold text-2xl tracking-tight">{t("signUp.title")}</h1>
      <SignUpFields troubles={troubles} />
      <p role="alert" className="font-medium text-danger text-sm empty:hidden">
        {troubles.form}
      </p>
      <Button type="submit" busy={busy}>
        {t("signUp.action")}
      </Button>
      <p className="text-center text-ink-soft">
        {t.rich("signUp.orSignIn", {
          link: (words) => (
            <Link href={signInAddress(next)} className="font-medium text-accent-ink underline underline-offset-2">
              {words}
            </Link>
          ),
        })}
      </p>
    </form>
  );
}

function useSigningUp(next: string) {
  const sentence = useRefusalText();
  const { mutateAsync: signUp } = useSignUp();
  const [busy, setBusy] = useState(false);
  const [troubles, setTroubles] = useState<SignUpErrors>({});
  const form = useRef<HTMLFormElement>(null);

  const refuse = (refused: { reason: Reason; params: RefusalParams; field: SignUpField | null }[]) => {
    setBusy(false);
    setTroubles(
      Object.fromEntries(refused.map(({ reason, params, field }) => [field ?? "form", sentence(reason, params)])),
    );
    // The document's order, not the refusals': the first one that the eye meets.
    const inputs = refused.flatMap(({ field }) => (field ? [`input[name=${field}]`] : [])).join();
    if (inputs) form.current?.querySelector<HTMLInputElement>(inputs)?.focus();
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const filled = Object.fromEntries(new FormData(event.currentTarget));
    // The server's own rules, asked here first: the answer is immediate and the same.
    const parsed = signUpInput.safeParse(filled);
    if (!parsed.success) {
      refuse(parsed.error.issues.map(({ message, path }) => refusedBy(message, path[0])));
      return;
    }
    setBusy(true);
    setTroubles({});
    try {
      await signUp(parsed.data);
    } catch (error) {
      const { reason, params } = reasonOf(error);
      refuse([{ reason, params, field: fieldOf(reason, params.field) }]);
      return;
    }
    const answer = await signInHere({ login: parsed.data.handle, password: parsed.data.password });
    // The account exists; when only the signing in failed, the sign-in page is the way on.
    location.assign(answer.ok ? next : signInAddress(next));
  };
  return { busy, troubles, form, submit };
}

function refusedBy(message: string, path: PropertyKey | undefined) {
  const reason: Reason = isReason(message) ? message : "invalid_input";
  const params: RefusalParams = path === "displayName" ? { max: limits.displayName.max } : {};
  return { reason, params, field: fieldOf(reason, path) };
}

function signInAddress(next: string): string {
  return next === "/c" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
