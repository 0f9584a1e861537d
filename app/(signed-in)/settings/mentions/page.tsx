import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MentionedScreen } from "#components/messages/mentioned/mentioned-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mentioned"))("title") };
}

export default function MentionsPage() {
  return <MentionedScreen />;
}
