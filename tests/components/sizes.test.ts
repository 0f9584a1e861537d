import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Sizes and corners of `app/globals.css` and of Tailwind that surfaces may have. */
const textSizes = "micro label body code emoji xs sm base lg xl 2xl 3xl 4xl 5xl 6xl".split(" ");
const corners = "none md xl 2xl 3xl full".split(" ");

/** Classes of a source that set a size of text or a corner which is not in the system, and styles that set one by hand. */
function outside(source: string): string[] {
  const faults: string[] = [];
  for (const [whole, value = ""] of source.matchAll(
    /(?<![\w-])text-(\[[\d.]+[^\]]*\]|\d?(?:xs|sm|base|lg|xl)(?![\w-]))/g,
  )) {
    if (!textSizes.includes(value)) faults.push(whole);
  }
  const rounded = /(?<![\w-])rounded(?:-(?:[setblr]|[se][se]|[tb][lr]))?(?:-(\[[^\]]*\]|\w+))?(?=["'`\s])(?!\s=)/g;
  for (const [whole, value = ""] of source.matchAll(rounded)) if (!corners.includes(value)) faults.push(whole);
  for (const [whole] of source.matchAll(/(?:fontSize|borderRadius): (?:"[^"]*"|\d+)/g)) faults.push(whole);
  return faults;
}

test("every text has a size and every surface corners of one system", () => {
  const files = ["components", "app"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  expect(files.length).toBeGreaterThan(100);
  const faults = files.flatMap((file) => outside(readFileSync(file, "utf8")).map((fault) => `${file}: ${fault}`));
  expect(faults).toEqual([]);
});

test("sizes and corners of one's own are found", () => {
  expect(outside('className="rounded-lg text-[13px] rounded-t-[4px]"')).toEqual([
    "text-[13px]",
    "rounded-lg",
    "rounded-t-[4px]",
  ]);
  expect(outside('style={{ fontSize: 12, borderRadius: "4px" }}')).toEqual(["fontSize: 12", 'borderRadius: "4px"']);
  expect(outside('className="rounded text-7xl"')).toEqual(["text-7xl", "rounded"]);
  expect(outside('className="sm:rounded-3xl rounded-ee-md text-body text-ink"')).toEqual([]);
});
