import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { invitePath } from "#client/qr/own-address.ts";
import { StrangerInvite } from "#components/communities/invites/stranger-invite.tsx";
import { currentSession } from "#server/auth/current.ts";
import { serverCaller } from "#server/trpc/caller.ts";

/** A link is a secret between people: crawlers keep no copy, and no other site gets its address. */
export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("communities"))("invite.title");
  return { title, robots: { index: false, follow: false }, referrer: "no-referrer" };
}

/** What people who are not signed in see of an invite link; the others are led on. */
export default async function InvitedPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  if (await currentSession()) redirect(invitePath(code));
  const { found } = await (await serverCaller()).communities.previewInvite({ code }).catch(nothingIfRefused);
  return <StrangerInvite found={found} next={invitePath(code)} />;
}

/** What is no code leads nowhere, as does every code to an address that asks too often. */
function nothingIfRefused(error: unknown): { found: null } {
  const isRefused = error instanceof Error && ["invalid_input", "rate_limited"].includes(error.message);
  if (!isRefused) throw error;
  return { found: null };
}
