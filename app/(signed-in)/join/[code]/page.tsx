import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InviteScreen } from "#components/communities/invite-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("communities"))("invite.title") };
}

export default async function JoinPage({ params }: { params: Promise<{ code: string }> }) {
  return <InviteScreen code={(await params).code} />;
}
