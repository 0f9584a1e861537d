import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FriendsScreen } from "#components/friends/friends-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("friends"))("title") };
}

export default function FriendsPage() {
  return <FriendsScreen />;
}
