/**
 * `npm run plots`: draws docs/pictures/scale-people.svg and scale-workers.svg from the figures in docs/measured/scale.jsonl, to
 * which `npm run bench -- world workers --out docs/measured/scale.jsonl` adds. No options. Each curve is the cost at a size ÷ the
 * cost at the smallest size of the same run, so that runs on different machines stand beside each other.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "#scripts/settings.ts";

type Point = { x: number; y: number };
type Curve = { name: string; points: Point[] };
type Plot = { title: string; xLabel: string; curves: Curve[] };

const width = 720;
const height = 400;
const margin = { left: 56, right: 150, top: 40, bottom: 48 };
const colours = ["#2563eb", "#c2410c", "#15803d", "#7e22ce"];
const workerCounts: Record<string, number> = { "one worker": 1, two: 2, four: 4 };

/** The figures of each run: from one line about the machine to the next. */
function readRuns(file: string): { metric: string; value: number }[][] {
  const runs: { metric: string; value: number }[][] = [];
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const read = JSON.parse(line);
    if (read.machine) runs.push([]);
    else runs.at(-1)?.push(read);
  }
  return runs;
}

/** One curve over the sizes that the labels of a metric's parts name; several runs of one size give their mean. */
function curveOf(
  runs: ReturnType<typeof readRuns>,
  metric: string,
  name: string,
  sizeOf: (label: string) => number | undefined,
): Curve {
  const ratios = new Map<number, number[]>();
  for (const run of runs) {
    const costs = run.flatMap(({ metric: full, value }) => {
      const x = full.startsWith(`${metric}/`) ? sizeOf(full.slice(metric.length + 1)) : undefined;
      return x === undefined ? [] : [{ x, y: value }];
    });
    const [first] = costs.toSorted((a, b) => a.x - b.x);
    for (const { x, y } of costs) ratios.set(x, [...(ratios.get(x) ?? []), y / (first?.y ?? 1)]);
  }
  const points = [...ratios].map(([x, all]) => ({ x, y: all.reduce((sum, one) => sum + one, 0) / all.length }));
  return { name, points: points.sort((a, b) => a.x - b.x) };
}

/** Both axes in SVG: sizes in powers, costs from 0 on. */
function draw({ title, xLabel, curves }: Plot): string {
  const sizes = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const [low = 1, high = 10] = [sizes.at(0), sizes.at(-1)];
  const mostY = Math.ceil(2 * Math.max(...curves.flatMap(({ points }) => points.map((one) => one.y)))) / 2;
  const span = Math.log(high) - Math.log(low) || 1;
  const x = (size: number) =>
    margin.left + ((Math.log(size) - Math.log(low)) / span) * (width - margin.left - margin.right);
  const y = (cost: number) => height - margin.bottom - (cost / mostY) * (height - margin.top - margin.bottom);
  const text = (at: { x: number; y: number }, words: string, more = "") =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" ${more}>${words}</text>`;
  const steps = Array.from({ length: Math.round(mostY / 0.5) + 1 }, (_, at) => at * 0.5);
  const grid = steps.map(
    (cost) =>
      `<path d="M${margin.left} ${y(cost).toFixed(1)}H${width - margin.right}" stroke="#ddd"/>` +
      text({ x: margin.left - 8, y: y(cost) + 4 }, String(cost), 'text-anchor="end"'),
  );
  const ticks = sizes.map((size) =>
    text({ x: x(size), y: height - margin.bottom + 20 }, size.toLocaleString("en-US"), 'text-anchor="middle"'),
  );
  // Names that would lie on each other are moved apart.
  let lowest = Number.POSITIVE_INFINITY;
  const ends = curves
    .map((curve, at) => ({ curve, colour: colours[at % colours.length], end: y(curve.points.at(-1)?.y ?? 0) }))
    .sort((a, b) => b.end - a.end)
    .map((one) => {
      lowest = Math.min(one.end, lowest - 16);
      return { ...one, at: lowest };
    });
  const lines = ends.flatMap(({ curve, colour, at }) => [
    `<polyline points="${curve.points.map((one) => `${x(one.x).toFixed(1)},${y(one.y).toFixed(1)}`).join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...curve.points.map(
      (one) => `<circle cx="${x(one.x).toFixed(1)}" cy="${y(one.y).toFixed(1)}" r="3" fill="${colour}"/>`,
    ),
    text(
      { x: width - margin.right + 12, y: at + 4 },
      `${curve.name} ×${(curve.points.at(-1)?.y ?? 0).toFixed(2)}`,
      `fill="${colour}"`,
    ),
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text({ x: margin.left, y: 24 }, title, 'font-weight="bold"'),
    ...grid,
    ...ticks,
    text({ x: (margin.left + width - margin.right) / 2, y: height - 8 }, xLabel, 'text-anchor="middle"'),
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}

const runs = readRuns(path.join(root, "docs/measured/scale.jsonl"));
const peopleIn = (label: string) => {
  const count = /^([\d,]+) people$/.exec(label)?.[1];
  return count === undefined ? undefined : Number(count.replaceAll(",", ""));
};
const operations = { send: "send", list: "list", page: "page", signin: "sign-in" };
const people: Plot = {
  title: "CPU of an operation ÷ among a thousand people",
  xLabel: "people in the database",
  curves: Object.entries(operations).map(([name, said]) => curveOf(runs, `${name}_cpu_world_vs_small`, said, peopleIn)),
};
const workers: Plot = {
  title: "CPU of a message, Postgres included ÷ with one worker",
  xLabel: "workers that share the connections",
  curves: [curveOf(runs, "message_cpu_per_extra_worker", "message", (label) => workerCounts[label])],
};
for (const [name, plot] of Object.entries({ people, workers })) {
  const file = `docs/pictures/scale-${name}.svg`;
  writeFileSync(path.join(root, file), draw(plot));
  console.log(`Drew ${file}`);
}
