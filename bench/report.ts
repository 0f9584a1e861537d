/** What was measured, as a table for people and as JSON lines for programs. */
import { appendFileSync } from "node:fs";
import { goals, judge } from "#bench/goals.ts";
import type { Measured, Part } from "#bench/rounds.ts";

const number = (value: number) => {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
};
const partText = ({ label, value, unit }: Part) => `${label} ${number(value)} ${unit}`;

export function printTable(measured: readonly Measured[]): void {
  const rows = measured.map(({ metric, value }) => {
    const { goal, moonshot, unit, atMost } = goals[metric] ?? { goal: Number.NaN, moonshot: Number.NaN, unit: "" };
    const sign = atMost ? "≤" : "≥";
    const shown = unit === "ratio" ? number(value) : `${number(value)} ${unit}`;
    return [metric, shown, `${sign} ${goal} (${moonshot})`, judge(metric, value)];
  });
  const all = [["metric", "value", "goal (moonshot)", "verdict"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  console.log();
  for (const row of all)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  for (const { metric, parts, notes = [] } of measured) {
    console.log(`\n${metric}: ${goals[metric]?.what}`);
    for (const part of parts) console.log(`  ${partText(part)}`);
    for (const note of notes) console.log(`  ${note}`);
  }
}

/** One line per figure: the metrics first under their own names, then what they were made of. */
export function jsonLines(measured: readonly Measured[]): string[] {
  return measured.flatMap(({ metric, value, parts }) => [
    JSON.stringify({ metric, value: rounded(value), unit: goals[metric]?.unit ?? "", verdict: judge(metric, value) }),
    ...parts.map((part) =>
      JSON.stringify({ metric: `${metric}/${part.label}`, value: rounded(part.value), unit: part.unit }),
    ),
  ]);
}

const rounded = (value: number) => Number(value.toPrecision(6));

export function writeLines(file: string, lines: readonly string[]): void {
  appendFileSync(file, `${lines.join("\n")}\n`);
}
