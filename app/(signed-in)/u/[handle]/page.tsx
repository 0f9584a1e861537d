import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileScreen } from "#components/profiles/profile-screen.tsx";

/** The same for every handle: who is not signed in learns nothing of it. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profiles"))("title") };
}

export default async function ProfilePage({ params }: { params: Promise<{ handle: string }> }) {
  return <ProfileScreen of={(await params).handle} />;
}
