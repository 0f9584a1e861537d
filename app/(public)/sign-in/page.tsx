import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { nextAddress } from "#client/accounts/next-address.ts";
import { SignInForm } from "#components/accounts/sign-in-form.tsx";
import { currentSession } from "#server/auth/current.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("accounts"))("signIn.title") };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = nextAddress((await searchParams).next);
  if (await currentSession()) redirect(next);
  return <SignInForm next={next} />;
}
