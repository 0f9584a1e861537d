"use client";

import { useEffect, useState } from "react";
import { type City, loadCities } from "#components/map/cities.ts";

export type Cities = { cities: readonly City[]; status: "loading" | "failed" | "loaded" };

/** The cities of the world, fetched once when a map asks for them. `attempt`: another number asks again after a failure. */
export function useCities(attempt: number): Cities {
  const [state, setState] = useState<Cities>({ cities: [], status: "loading" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the reason to run again.
  useEffect(() => {
    let wanted = true;
    setState((now) => (now.status === "loaded" ? now : { cities: [], status: "loading" }));
    loadCities().then(
      (cities) => wanted && setState({ cities, status: "loaded" }),
      () => wanted && setState({ cities: [], status: "failed" }),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);
  return state;
}
