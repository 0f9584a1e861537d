import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CommunitiesScreen } from "#components/communities/communities-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("communities"))("title") };
}

export default function CommunitiesPage() {
  return <CommunitiesScreen />;
}
