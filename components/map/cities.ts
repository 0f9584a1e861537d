import { metresBetween } from "#components/map/map-view.ts";

/** A city, with the country that it is in as an ISO 3166 code of two letters. */
export type City = {
  name: string;
  province: string;
  country: string;
  people: number;
  timeZone: string;
  latitude: number;
  longitude: number;
};

/** A row of the file. Some lack a province or a code. */
type Row = {
  city: string;
  province?: string | null;
  iso2?: string | null;
  pop: number;
  timezone: string;
  lat: number;
  lng: number;
};

let loading: Promise<City[]> | undefined;

/** Some 7,300 cities of the world, largest first, with Latin names; fetched once, when the first map is opened. */
export function loadCities(): Promise<City[]> {
  loading ??= import("city-timezones/data/cityMap.json").then(
    (file) => (file.default as Row[]).map(cityOf).sort((one, two) => two.people - one.people), // the file's own format
    (error: unknown) => {
      loading = undefined; // the next map tries again
      throw error;
    },
  );
  return loading;
}

const cityOf = ({ city, province, iso2, pop, timezone, lat, lng }: Row): City => ({
  name: city,
  province: province ?? "",
  country: /^[A-Z]{2}$/.test(iso2 ?? "") ? (iso2 ?? "") : "",
  people: pop,
  timeZone: timezone,
  latitude: lat,
  longitude: lng,
});

/** Accents and case do not count: "zurich" finds "Zürich". */
const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en").trim();

/**
 * Cities of which the name, province or country (in the reader's language) begins with what was typed, at any word; those by
 * their own name first, then the largest. `cities` are largest first. Empty for an empty query.
 */
export function findCities(
  cities: readonly City[],
  wanted: string,
  countryName: (code: string) => string,
  most: number,
): City[] {
  const sought = plain(wanted);
  if (sought === "") return [];
  const begins = (text: string) => ` ${plain(text).replace(/[-/()]/g, " ")}`.includes(` ${sought}`);
  const countries = new Map<string, boolean>();
  const inCountry = ({ country }: City) => {
    const known = countries.get(country);
    if (known !== undefined) return known;
    const name = country === "" ? "" : countryName(country);
    // Chinese writes no spaces: any part of the name is the beginning of a word.
    const found = begins(name) || (/\p{Script=Han}/u.test(sought) && plain(name).includes(sought));
    countries.set(country, found);
    return found;
  };
  const byName: City[] = [];
  const others: City[] = [];
  for (const city of cities) {
    if (begins(city.name)) byName.push(city);
    else if (others.length < most && (begins(city.province) || inCountry(city))) others.push(city);
    if (byName.length === most) break;
  }
  return [...byName, ...others].slice(0, most);
}

/** The nearest city and how far it is in metres; null without cities. */
export function nearestCity(
  cities: readonly City[],
  place: { latitude: number; longitude: number },
): { city: City; metres: number } | null {
  let nearest: { city: City; metres: number } | null = null;
  for (const city of cities) {
    const metres = metresBetween(city, place);
    if (nearest === null || metres < nearest.metres) nearest = { city, metres };
  }
  return nearest;
}
