import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { nextAddress } from "#client/accounts/next-address.ts";
import { SignUpForm } from "#components/accounts/sign-up-form.tsx";
import { currentSession } from "#server/auth/current.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accounts"))("signUp.title") };
}

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextAddress((await searchParams).next);
  if (await currentSession()) redirect(next);
  return <SignUpForm next={next} />;
}
