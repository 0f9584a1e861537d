"use client";

import { CloudOff, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useConnection } from "#client/realtime/use-connection.ts";

/** Most breaks heal faster than this; telling of them would only flicker. */
const patienceMs = 2_000;

export function ConnectionBanner() {
  const t = useTranslations("live");
  const connection = useConnection();
  const troubled = connection === "reconnecting" || connection === "offline" || connection === "polling";
  const [patient, setPatient] = useState(true);

  useEffect(() => {
    setPatient(true);
    if (!troubled) return;
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, [troubled]);

  const shown = troubled && !patient;
  return (
    <div role="status" className={shown ? "border-b bg-warn-soft" : ""}>
      {shown ? (
        <p className="flex items-center justify-center gap-2 px-4 py-1.5 text-center text-sm">
          {connection === "offline" ? (
            <CloudOff aria-hidden className="size-4 shrink-0" />
          ) : (
            <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
          )}
          {t(connection)}
        </p>
      ) : null}
    </div>
  );
}
