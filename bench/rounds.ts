/** Contenders take turns, so that whatever else the machine does in a minute meets all of them. */

import type { Harness } from "#bench/harness.ts";
import { median } from "#bench/percentiles.ts";

export type Figures = Record<string, number>;
/** One turn. The first of all is thrown away: it warms the code and the caches. */
export type Contender = () => Promise<Figures>;

export type Part = { label: string; value: number; unit: string };
export type Measured = {
  metric: string;
  value: number;
  /** What the value was made of, and what explains it. */
  parts: Part[];
  notes?: string[];
};
export type Scenario = {
  metrics: readonly string[];
  web?: true;
  /** Too long for every run: only when one of its metrics is named, or when scenarios have only to run. */
  onRequest?: true;
  /** How long it may take, when that is more than others. */
  minutes?: number;
  /** Settings of its Postgres that differ from the defaults. */
  server?: Record<string, string>;
  measure(harness: Harness): Promise<Measured[]>;
};

export class Rounds<Name extends string> {
  readonly #turns: Record<Name, Figures[]>;

  constructor(turns: Record<Name, Figures[]>) {
    this.#turns = turns;
  }

  /** The median over the rounds of one figure. */
  of(name: Name, figure: string): number {
    return median(this.#turns[name].map((turn) => turn[figure] ?? Number.NaN));
  }

  /** The median of the ratios within each round: what slowed both does not count. */
  ratio(over: Name, under: Name, figure: string, underFigure = figure): number {
    const below = this.#turns[under];
    return median(
      this.#turns[over].map((turn, at) => (turn[figure] ?? Number.NaN) / (below[at]?.[underFigure] ?? Number.NaN)),
    );
  }
}

export async function takeTurns<Name extends string>(
  harness: Pick<Harness, "settings" | "settle">,
  contenders: Record<Name, Contender>,
  warmUp = true,
): Promise<Rounds<Name>> {
  // Object.keys loses the type of the keys that were given.
  const names = Object.keys(contenders) as Name[];
  const turns = Object.fromEntries(names.map((name) => [name, [] as Figures[]])) as Record<Name, Figures[]>;
  for (let round = warmUp && harness.settings.size !== "smoke" ? 0 : 1; round <= harness.settings.rounds; round += 1) {
    // Forwards, then backwards, so that no contender always runs after the same other one.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      await harness.settle();
      const figures = await contenders[name]();
      if (round > 0) turns[name].push(figures);
      const shown = Object.entries(figures).map(([label, value]) => `${label} ${value.toPrecision(4)}`);
      console.log(`  ${round === 0 ? "warm-up" : `round ${round}`}  ${name.padEnd(14)} ${shown.join("  ")}`);
    }
  }
  return new Rounds(turns);
}
