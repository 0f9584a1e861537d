"use client";

import { MapPin, Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { City } from "#components/map/cities.ts";
import { gridPath, pointIn, scaleBar, spans, type View, zoomed } from "#components/map/map-view.ts";
import { useDistance } from "#components/map/use-distance.ts";
import { useMapGestures, zoomStep } from "#components/map/use-map-gestures.ts";
import { loadWorldMap, pathOf, type Ring } from "#components/map/world-map.ts";
import { IconButton } from "#components/ui/button.tsx";

type PlaceMapProps = {
  view: View;
  change: (update: (view: View) => View) => void;
  /** Largest first. */
  cities: readonly City[];
};

/** A map that is moved under a pin in its middle, by pointer or keys. Drawn from what ships with the app. */
export function PlaceMap({ view, change, cities }: PlaceMapProps) {
  const t = useTranslations("map");
  const map = useRef<HTMLDivElement>(null);
  const gestures = useMapGestures(map, change);
  return (
    <div dir="ltr" className="relative overflow-hidden rounded-2xl border border-line">
      <div
        ref={map}
        role="application"
        aria-label={t("move")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself.
        tabIndex={0}
        className="relative aspect-8/5 w-full cursor-grab touch-none select-none overflow-hidden bg-sunken -outline-offset-2 active:cursor-grabbing"
        {...gestures}
      >
        <Drawing view={view} cities={cities} />
        <MapPin
          aria-hidden
          className="pointer-events-none absolute start-1/2 top-1/2 size-9 -translate-x-1/2 -translate-y-[92%] fill-danger text-white drop-shadow"
        />
      </div>
      <div className="absolute end-2 top-2 flex flex-col divide-y rounded-xl border border-line bg-raised shadow-card">
        <IconButton
          label={t("zoomIn")}
          aria-disabled={view.span <= spans.least || undefined}
          onClick={() => change((now) => zoomed(now, zoomStep))}
        >
          <Plus aria-hidden />
        </IconButton>
        <IconButton
          label={t("zoomOut")}
          aria-disabled={view.span >= spans.most || undefined}
          onClick={() => change((now) => zoomed(now, 1 / zoomStep))}
        >
          <Minus aria-hidden />
        </IconButton>
      </div>
      <ScaleBar view={view} />
    </div>
  );
}

function ScaleBar({ view }: { view: View }) {
  const distance = useDistance();
  const { metres, units } = scaleBar(view);
  return (
    <div className="pointer-events-none absolute start-2 bottom-2 w-full text-ink text-xs">
      <span className="rounded-md bg-raised/80 px-1 tabular-nums">{distance(metres)}</span>
      <span
        aria-hidden
        className="mt-0.5 block h-1.5 border-2 border-ink border-t-0"
        style={{ width: `${(units / view.width) * 100}%` }}
      />
    </div>
  );
}

function Drawing({ view, cities }: { view: View; cities: readonly City[] }) {
  const [rings, setRings] = useState<readonly Ring[]>([]);
  useEffect(() => {
    let wanted = true;
    loadWorldMap().then(
      (loaded) => wanted && setRings(loaded),
      () => {}, // grid, scale and numbers say it without the coasts
    );
    return () => {
      wanted = false;
    };
  }, []);
  const { width, height } = view;
  const land = useMemo(() => pathOf(rings, view), [rings, view]);
  const named = useMemo(() => citiesIn(cities, view), [cities, view]);
  // There is no sea behind the poles.
  const perDegree = height / view.span;
  const north = Math.max(0, height / 2 - (90 - view.latitude) * perDegree);
  const south = Math.min(height, height / 2 + (90 + view.latitude) * perDegree);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="absolute inset-0 size-full" aria-hidden focusable="false">
      <rect y={north} width={width} height={south - north} className="fill-sea" />
      <path d={land} fillRule="evenodd" className="fill-land stroke-coast" strokeWidth="0.6" />
      <path d={gridPath(view)} className="fill-none stroke-ink" strokeOpacity="0.1" strokeWidth="0.5" />
      {named.map(({ city, x, y }) => (
        <g key={`${city.name} ${city.latitude}`}>
          <circle cx={x} cy={y} r="1.8" className="fill-ink-soft" />
          <text
            x={x + 4}
            y={y + 3}
            className="fill-ink stroke-land font-medium [paint-order:stroke]"
            strokeWidth="2"
            fontSize="9"
          >
            {city.name}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The largest cities of a view, as many as have room for their names. */
function citiesIn(cities: readonly City[], view: View): { city: City; x: number; y: number }[] {
  const shown: { city: City; x: number; y: number }[] = [];
  for (const city of cities) {
    const point = pointIn(view, city.latitude, city.longitude);
    if (!point || shown.some(({ x, y }) => Math.abs(x - point.x) < 64 && Math.abs(y - point.y) < 16)) continue;
    shown.push({ city, ...point });
    if (shown.length === 12) break;
  }
  return shown;
}
