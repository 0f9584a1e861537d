"use client";

import { MapPin } from "lucide-react";
import { useEffect, useState } from "react";
import { loadWorldMap, pathOf } from "#components/map/world-map.ts";

const width = 256;
const height = 128;
/** Degrees from top to bottom: a country and its neighbours. */
const span = 14;

type StaticMapProps = { latitude: number; longitude: number };

/** A small world map with a marker. Drawn from coastlines in the bundle, so no map service learns the location. */
export function StaticMap({ latitude, longitude }: StaticMapProps) {
  const [land, setLand] = useState("");
  useEffect(() => {
    let wanted = true;
    loadWorldMap().then(
      (rings) => wanted && setLand(pathOf(rings, { latitude, longitude, span, width, height })),
      () => {}, // the pin and the numbers say it without the coasts
    );
    return () => {
      wanted = false;
    };
  }, [latitude, longitude]);
  return (
    <span dir="ltr" className="relative block aspect-2/1 w-full overflow-hidden bg-sea">
      <svg viewBox={`0 0 ${width} ${height}`} className="absolute inset-0 size-full" aria-hidden focusable="false">
        <path d={land} fillRule="evenodd" className="fill-land stroke-coast" strokeWidth="0.6" />
        <path d={grid} className="fill-none stroke-ink" strokeOpacity="0.08" strokeWidth="0.5" />
      </svg>
      <MapPin
        aria-hidden
        className="absolute start-1/2 top-1/2 size-7 -translate-x-1/2 -translate-y-full fill-danger text-white drop-shadow"
      />
    </span>
  );
}

const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("");
const grid = lines(7, (at) => `M${(at + 1) * 32} 0V${height}`) + lines(3, (at) => `M0 ${(at + 1) * 32}H${width}`);
