import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CommunityScreen } from "#components/communities/community-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("communities"))("title") };
}

export default async function CommunityPage({ params }: { params: Promise<{ communityId: string }> }) {
  return <CommunityScreen communityId={(await params).communityId} />;
}
