"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { StaticMap } from "#components/map/static-map.tsx";
import { useDegrees } from "#components/map/use-degrees.ts";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** The map service is contacted only when the link is opened. */
export function LocationView({ content: { latitude, longitude, name } }: MessageViewProps<"location">) {
  const t = useTranslations("messages.location");
  const degrees = useDegrees();
  const where = degrees(latitude, longitude);
  return (
    <a
      href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      aria-label={t("open", { name: name || where })}
      className="block w-64 max-w-full hover:bg-hover"
    >
      <StaticMap latitude={latitude} longitude={longitude} />
      <span className="flex items-center gap-2 px-3 py-2">
        <span className="min-w-0 flex-1">
          {name ? <bdi className="block truncate font-medium">{name}</bdi> : null}
          <bdi className={name ? "block text-ink-soft text-xs" : "block font-medium"}>{where}</bdi>
        </span>
        <ExternalLink aria-hidden className="size-4 shrink-0 text-ink-soft" />
      </span>
    </a>
  );
}
