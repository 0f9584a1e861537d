"use client";

import type { ReactNode } from "react";
import { StaticMap } from "#components/map/static-map.tsx";
import { useDegrees } from "#components/map/use-degrees.ts";

type LocationCardProps = { latitude: number; longitude: number; name: string; children?: ReactNode };

/** A place as its message shows it. */
export function LocationCard({ latitude, longitude, name, children }: LocationCardProps) {
  const where = useDegrees()(latitude, longitude);
  return (
    <>
      <StaticMap latitude={latitude} longitude={longitude} />
      <span className="flex items-center gap-2 px-3 py-2">
        <span className="min-w-0 flex-1">
          {name ? <bdi className="block truncate font-medium">{name}</bdi> : null}
          <bdi className={name ? "block text-ink-soft text-xs" : "block font-medium"}>{where}</bdi>
        </span>
        {children}
      </span>
    </>
  );
}
