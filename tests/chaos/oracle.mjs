#!/usr/bin/env node
/**
 * The oracle of `npm run chaos`: `node tests/chaos/oracle.mjs <directory>` reads what each device wrote down, what the
 * driver saw and what the tables held at the end, prints its verdict as JSON and ends with 1 when anything is wrong.
 *
 * Plain JavaScript with nothing but Node, so that it shares no code with the product or with what made the logs. Every
 * check is one pass: devices are read one after the other, of a message it keeps some twenty bytes.
 */
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { judge } from "./oracle-judge.mjs";

/** The lines of a compressed file, parsed, many at a time. */
async function* linesOf(file) {
  let rest = "";
  const text = createReadStream(file).pipe(createGunzip()).setEncoding("utf8");
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines.map((line) => JSON.parse(line));
  }
  if (rest !== "") yield [JSON.parse(rest)];
}

const directory = process.argv[2];
if (!directory) throw new Error("usage: node tests/chaos/oracle.mjs <directory of the logs>");
const devices = path.join(directory, "devices");
const verdict = await judge({
  tables: () => linesOf(path.join(directory, "tables.jsonl.gz")),
  driver: () => linesOf(path.join(directory, "driver.jsonl.gz")),
  devices: readdirSync(devices).map((name) => () => linesOf(path.join(devices, name))),
  demands: JSON.parse(readFileSync(path.join(directory, "demands.json"), "utf8")),
});
console.log(JSON.stringify(verdict, null, 2));
process.exitCode = Object.keys(verdict.violations).length === 0 ? 0 : 1;
