"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDegrees } from "#components/map/use-degrees.ts";
import { LocationCard } from "#components/messages/kinds/location/location-card.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** The map service is contacted only when the link is opened. */
export function LocationView({ content: { latitude, longitude, name } }: MessageViewProps<"location">) {
  const t = useTranslations("messages.location");
  const degrees = useDegrees();
  return (
    <a
      href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      aria-label={t("open", { name: name || degrees(latitude, longitude) })}
      className="block w-64 max-w-full hover:bg-hover"
    >
      <LocationCard latitude={latitude} longitude={longitude} name={name}>
        <ExternalLink aria-hidden className="size-4 shrink-0 text-ink-soft" />
      </LocationCard>
    </a>
  );
}
