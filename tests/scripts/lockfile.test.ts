import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { completeLock } from "#scripts/complete-lock.mjs";

type Manifest = Record<string, Record<string, string | boolean>>;

// The product, and the peer that `npm run bench` measures beside it.
describe.each(["", "bench/peer/"])("%spackage-lock.json", (folder) => {
  const text = readFileSync(`${folder}package-lock.json`, "utf8");
  const manifest: Manifest = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));

  test("the lock names versions, not places to download from", () => {
    expect(text).not.toContain('"resolved"');
  });

  test("the lock is complete for every platform", () => {
    expect(completeLock(JSON.parse(text))).toEqual([]);
  });

  test("every dependency is pinned to one version", () => {
    const ranges = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    }).filter(([, range]) => !/^\d+\.\d+\.\d+/.test(String(range)));
    expect(ranges).toEqual([]);
  });

  test("every package that wants to run a script at install is listed as not allowed", () => {
    const packages: Record<string, { hasInstallScript?: boolean }> = JSON.parse(text).packages;
    const unlisted = Object.entries(packages)
      .filter(([place, entry]) => place !== "" && entry.hasInstallScript)
      .map(([place]) => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length))
      .filter((name) => manifest.allowScripts?.[name] === undefined);
    expect(unlisted).toEqual([]);
  });
});
