/** Where a program spent its time: the functions with the most time of their own in the CPU profiles that Node wrote. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

type Frame = { functionName: string; url: string; lineNumber: number };
type Profile = {
  nodes: { id: number; callFrame: Frame }[];
  samples: number[];
  timeDeltas: number[];
};

const shown = 25;

/** `--profile <folder>`: every program but Postgres writes `<name>.<pid>.cpuprofile` there when it ends. */
export const profileArguments = (folder: string, name: string) => [
  "--cpu-prof",
  `--cpu-prof-dir=${folder}`,
  `--cpu-prof-name=${name.replaceAll(/\W+/g, "-")}.${Date.now()}.cpuprofile`,
];

export function printProfiles(folder: string): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"))) {
    const profile: Profile = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
    const own = new Map<string, number>();
    for (const [at, id] of profile.samples.entries()) {
      const name = frames.get(id) ?? "";
      own.set(name, (own.get(name) ?? 0) + (profile.timeDeltas[at] ?? 0));
    }
    own.delete("(idle)");
    const busy = [...own.values()].reduce((sum, time) => sum + time, 0);
    console.log(`\n${file}: busy for ${(busy / 1e6).toFixed(2)} s`);
    for (const [name, time] of [...own].toSorted(([, a], [, b]) => b - a).slice(0, shown)) {
      console.log(`  ${((time / busy) * 100).toFixed(1).padStart(5)} %  ${name}`);
    }
  }
}

function nameOf({ functionName, url, lineNumber }: Frame): string {
  const place = url ? ` ${url.split("/").slice(-2).join("/")}:${lineNumber + 1}` : "";
  return `${functionName || "(anonymous)"}${place}`;
}
