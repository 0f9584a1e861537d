import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { nextAddress } from "#client/accounts/next-address.ts";
import { AppProviders } from "#client/app-providers.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { currentSession } from "#server/auth/current.ts";
import { serverCaller } from "#server/trpc/caller.ts";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  if (!(await currentSession())) {
    const address = nextAddress((await headers()).get("x-address"));
    // What an invite link leads to is shown before one signs in.
    if (/^\/join\/[\w-]+$/.test(address)) redirect(address.replace("/join/", "/invited/"));
    redirect(`/sign-in?next=${encodeURIComponent(address)}`);
  }
  const me = await (await serverCaller()).accounts.me();
  return (
    <AppProviders me={me}>
      <AppShell>{children}</AppShell>
    </AppProviders>
  );
}
