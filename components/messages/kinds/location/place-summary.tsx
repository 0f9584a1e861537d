"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { type City, nearestCity } from "#components/map/cities.ts";
import type { View } from "#components/map/map-view.ts";
import { useDegrees } from "#components/map/use-degrees.ts";
import { useDistance } from "#components/map/use-distance.ts";

/** Below this height, in degrees, the coasts of the map are too coarse to go by. */
const coarseSpan = 1.5;

type Props = { view: View; place: { latitude: number; longitude: number } | null; cities: readonly City[] };

/** Under the map: where the pin is, in numbers and from the nearest city, and what the map does not know. */
export function PlaceSummary({ view, place, cities }: Props) {
  const t = useTranslations("messages.location");
  const degrees = useDegrees();
  const distance = useDistance();
  const nearest = useMemo(() => (place ? nearestCity(cities, place) : null), [cities, place]);
  return (
    <div className="flex flex-col gap-0.5 text-sm">
      <p aria-live="polite">
        {place ? degrees(place.latitude, place.longitude) : t("moveMap")}
        {nearest ? (
          <span className="block text-ink-soft">
            {t("near", { city: nearest.city.name, distance: distance(nearest.metres) })}
          </span>
        ) : null}
      </p>
      {view.span < coarseSpan ? <p className="text-ink-soft">{t("coarse")}</p> : null}
    </div>
  );
}
