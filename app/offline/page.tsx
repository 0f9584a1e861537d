import { CloudOff } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "#components/shell/public-frame.tsx";
import { Alert } from "#components/ui/alert.tsx";
import { buttonClass } from "#components/ui/button.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("offline"))("title") };
}

/** Kept by the service worker and shown without a network, so it works without scripts and holds nothing private. */
export default async function OfflinePage() {
  const t = await getTranslations("offline");
  return (
    <PublicFrame>
      <Alert picture={<CloudOff />} title={t("title")} hint={t("hint")}>
        <a href="/c" className={buttonClass("primary")}>
          {t("again")}
        </a>
      </Alert>
    </PublicFrame>
  );
}
