"use client";

import { useTranslations } from "next-intl";
import { createSearch } from "#client/search/create-search.ts";
import { type FilterName, filterText, hasFilter, readTyped, toggleFilter } from "#client/search/typed-filters.ts";
import type { Named } from "#client/search/use-message-search.ts";
import { ChipRow, chipClass } from "#components/ui/chip-row.tsx";
import { useTimes } from "#components/ui/use-times.ts";

const mostSuggested = 8;
const dayMs = 86_400_000;
const days = { today: 0, yesterday: 1, week: 7, month: 30 } as const;

type FiltersProps = {
  typed: string;
  people: readonly Named[];
  /** None: the search is inside one conversation. */
  places: readonly Named[];
  /** How many results each conversation has. */
  counts?: readonly { name: string; label: string }[];
  onTyped: (typed: string) => void;
};

/**
 * The filters of a search as chips. They are what can be typed, "has:link", and stand in the field: pressing one writes it
 * there, or takes it away. While a filter waits for its value, the chips offer values.
 */
export function SearchFilters(props: FiltersProps) {
  const t = useTranslations("search");
  const { unfinished } = readTyped(props.typed);
  return (
    <div className="flex shrink-0 px-3 pb-1">
      <ChipRow label={t("filters")}>
        {unfinished ? <Values {...props} {...unfinished} /> : <Offered {...props} />}
      </ChipRow>
    </div>
  );
}

function Offered({ typed, places, counts = [], onTyped }: FiltersProps) {
  const t = useTranslations("search");
  const begin = (name: FilterName) => onTyped(`${[typed.trim(), `${name}:`].filter((part) => part !== "").join(" ")}`);
  const beginnings = (["from", "in", "after", "before"] as const).filter((name) => name !== "in" || places.length > 0);
  const toggle = (name: FilterName, value: string, label: string) => (
    <Chip
      key={`${name} ${value}`}
      label={label}
      pressed={hasFilter(typed, name, value)}
      onPress={() => onTyped(toggleFilter(typed, name, value))}
    />
  );
  return (
    <>
      {counts.map(({ name, label }) => toggle("in", name, label))}
      {(["picture", "file", "link"] as const).map((part) => toggle("has", part, t(`has.${part}`)))}
      {(["video", "voice"] as const).map((kind) => toggle("kind", kind, t(`kind.${kind}`)))}
      {beginnings.map((name) => (
        <Chip key={name} label={t(`filter.${name}`)} onPress={() => begin(name)} />
      ))}
    </>
  );
}

function Values({ typed, people, places, onTyped, name, value, start }: FiltersProps & Unfinished) {
  const t = useTranslations("search");
  const { isoDay } = useTimes();
  const put = (chosen: string) => onTyped(`${typed.slice(0, start)}${filterText(name, chosen)} `);
  if (name === "after" || name === "before") {
    const dayBefore = (ago: number) => isoDay(new Date(Date.now() - ago * dayMs).toISOString());
    return (
      <>
        {Object.entries(days).map(([label, ago]) => (
          <Chip key={label} label={t(`days.${label as keyof typeof days}`)} onPress={() => put(dayBefore(ago))} />
        ))}
        <input
          type="date"
          aria-label={t("noDay")}
          onChange={(event) => event.target.value !== "" && put(event.target.value)}
          className={chipClass}
        />
      </>
    );
  }
  if (name !== "from" && name !== "in") return <Offered {...{ typed, people, places, onTyped }} />;
  const among = name === "from" ? people : places;
  const found = value === "" ? among : createSearch(among, undefined)(value);
  return found
    .slice(0, mostSuggested)
    .map(({ id, names: [first = ""] }) => <Chip key={id} label={first} onPress={() => put(first)} />);
}

type Unfinished = NonNullable<ReturnType<typeof readTyped>["unfinished"]>;

function Chip({ label, pressed, onPress }: { label: string; pressed?: boolean; onPress: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      // The focus stays in the field, where the filter appears.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPress}
      className={chipClass}
    >
      <bdi>{label}</bdi>
    </button>
  );
}
