"use client";

import { useEffect, useRef, useState } from "react";
import type { City } from "#components/map/cities.ts";
import { metresBetween, spans, type View } from "#components/map/map-view.ts";
import { readDegrees } from "#components/map/read-degrees.ts";
import type { Here } from "#components/map/use-here.ts";

/** The world, until it is known in which part of it the person lives. */
const world: View = { latitude: 20, longitude: 0, span: spans.most, width: 320, height: 200 };
/** Degrees from top to bottom around a city, and around a place that was typed. */
const citySpan = 0.5;
const typedSpan = 2;
const metresPerDegree = 111_320;
/** A name that a city gave to the place is dropped farther from it than this. */
const nameReachMetres = 30_000;

/** About a metre; more digits would only tell more than the map can show. */
const rounded = (degrees: number) => Number(degrees.toFixed(5));

/**
 * What stands in the form. The place is the middle of the map once the person has chosen it in any way; numbers that are
 * being typed are the place themselves, and there is none while they are none. `cities` are largest first.
 */
export function usePlaceForm(cities: readonly City[]) {
  const [view, setView] = useState(world);
  const [isChosen, setChosen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [name, setName] = useState("");
  /** The city that the field names. */
  const [namesake, setNamesake] = useState<City | null>(null);

  // Where most people of the device's time zone live: nearer than the whole world, and nothing has to be asked for.
  const started = useRef(false);
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const home = started.current ? undefined : cities.find((city) => city.timeZone === timeZone);
    if (!home) return;
    started.current = true;
    setView((now) => ({ ...now, latitude: home.latitude, longitude: home.longitude, span: 8 }));
  }, [cities]);

  const show = (place: { latitude: number; longitude: number; span: number }) => {
    started.current = true;
    setView((now) => ({ ...now, ...place }));
    setChosen(true);
  };
  const parsed = typed === null ? null : readDegrees(typed);
  const middle = { latitude: rounded(view.latitude), longitude: rounded(view.longitude) };
  const place = typed === null ? (isChosen ? middle : null) : parsed;
  const isAway = namesake !== null && place !== null && metresBetween(namesake, place) > nameReachMetres;
  return {
    view,
    place,
    name: isAway ? "" : name,
    numbers: typed ?? (place ? `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}` : ""),
    isUnreadable: typed !== null && typed.trim() !== "" && parsed === null,
    changeMap: (update: (view: View) => View) => {
      started.current = true;
      setView(update);
      setChosen(true);
      setTyped(null);
    },
    typeNumbers: (text: string) => {
      setTyped(text);
      const read = readDegrees(text);
      if (read) show({ ...read, span: Math.min(view.span, typedSpan) });
    },
    typeName: (text: string) => {
      setName(text);
      setNamesake(null);
    },
    pickCity: (city: City) => {
      show({ latitude: city.latitude, longitude: city.longitude, span: citySpan });
      setTyped(null);
      if (name !== "" && !namesake) return;
      setName(city.name);
      setNamesake(city);
    },
    goHere: ({ latitude, longitude, accuracy }: Here) => {
      // As near as the position is exact: the circle of its error is a quarter of the height.
      const span = Math.min(typedSpan, Math.max(0.1, (accuracy * 8) / metresPerDegree));
      show({ latitude, longitude, span });
      setTyped(null);
    },
  };
}
