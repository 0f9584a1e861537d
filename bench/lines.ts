/** Lines that people wrote, in twenty languages: what axe-core says of pages, in the translations that come with it. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const directory = path.join(path.dirname(createRequire(import.meta.url).resolve("axe-core/package.json")), "locales");

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) yield* textsIn(one);
}

/** Its clauses of at least eight characters, without the places of values. */
const clausesOf = (text: string) =>
  text
    .replace(/\$\{[^}]*\}|\{\{[^}]*\}\}/g, " ")
    .split(/[.。;；,，、:：\n]/)
    .map((clause) => clause.replace(/\s+/g, " ").trim())
    .filter((clause) => clause.length >= 8 && clause.length <= 120);

/** The lines of each language, each once. */
export function realLines(): string[][] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".json") && !file.startsWith("_"));
  return files.map((file) => {
    const texts = [...textsIn(JSON.parse(readFileSync(path.join(directory, file), "utf8")))];
    return [...new Set(texts.flatMap(clausesOf))];
  });
}

/** Numbers below a bound that are the same in every run. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
