import { Compass } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "#components/shell/public-frame.tsx";
import { Alert } from "#components/ui/alert.tsx";
import { buttonClass } from "#components/ui/button.tsx";

export default async function NotFound() {
  const t = await getTranslations("errors");
  return (
    <PublicFrame>
      <Alert picture={<Compass />} title={t("notFoundTitle")} hint={t("notFoundHint")}>
        <Link href="/c" className={buttonClass("primary")}>
          {t("home")}
        </Link>
      </Alert>
    </PublicFrame>
  );
}
