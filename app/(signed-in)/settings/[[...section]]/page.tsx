import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SettingsArea } from "#components/settings/settings-area.tsx";
import { isSettingsRoute, settingsRoot } from "#components/settings/settings-route.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

/** `/settings` and `/settings/<section>` are one page: the area reads the address itself. */
export default async function SettingsPage({ params }: { params: Promise<{ section?: string[] }> }) {
  if (!isSettingsRoute([settingsRoot, ...((await params).section ?? [])].join("/"))) notFound();
  return <SettingsArea />;
}
