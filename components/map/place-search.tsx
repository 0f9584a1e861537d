"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { type City, findCities } from "#components/map/cities.ts";
import type { Cities } from "#components/map/use-cities.ts";
import { TextField } from "#components/ui/field.tsx";

const mostFound = 6;

type PlaceSearchProps = Cities & { onPick: (city: City) => void; onRetry: () => void };

/** Cities by name or country, from the list that ships with the app: nothing that is typed here leaves the device. */
export function PlaceSearch({ cities, status, onPick, onRetry }: PlaceSearchProps) {
  const t = useTranslations("map");
  const countryName = useCountryName();
  const [wanted, setWanted] = useState("");
  const found = useMemo(() => findCities(cities, wanted, countryName, mostFound), [cities, wanted, countryName]);
  const isAsked = wanted.trim() !== "";
  return (
    <div>
      <TextField
        label={t("find")}
        hint={isAsked ? undefined : t("findHint")}
        type="search"
        value={wanted}
        autoComplete="off"
        maxLength={100}
        onChange={(event) => {
          setWanted(event.target.value);
          if (status === "failed") onRetry();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      {found.length > 0 ? (
        <ul aria-label={t("found")} className="mt-1">
          {found.map((city) => (
            <li key={`${city.latitude} ${city.longitude}`}>
              <button
                type="button"
                onClick={() => {
                  setWanted("");
                  onPick(city);
                }}
                className="flex tap w-full items-baseline gap-2 rounded-xl px-3 py-1.5 text-start hover:bg-hover"
              >
                <bdi className="font-medium">{city.name}</bdi>
                <bdi className="min-w-0 flex-1 truncate text-ink-soft text-sm">
                  {[city.province, countryName(city.country)].filter((part) => part && part !== city.name).join(" · ")}
                </bdi>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <p role="status" className="text-ink-soft text-sm">
        {isAsked && found.length === 0 ? t(status === "loaded" ? "noneFound" : status) : null}
      </p>
    </div>
  );
}

/** The name of a country in the reader's language, from the browser; "" where there is none. */
function useCountryName(): (code: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
    return (code) => (code === "" ? "" : (names.of(code) ?? ""));
  }, [locale]);
}
