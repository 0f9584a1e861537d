import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync("app/globals.css", "utf8");
const keyframesOf = (name: string) => css.match(new RegExp(`@keyframes ${name} \\{[\\s\\S]*?\\n\\}`))?.[0] ?? "";
/** Name and milliseconds of what answers a person's own act; the flash that marks a message is read, not waited for. */
const answers = [...css.matchAll(/--animate-(\w+): (\w+) (\d+)ms/g)].map(([, name, frames, ms]) => ({
  name,
  frames: frames ?? "",
  ms: Number(ms),
}));

test("what moves in answer to a person takes at most 200 ms", () => {
  expect(answers.map(({ name }) => name)).toEqual(["appear", "rise", "fade", "send", "panel", "page"]);
  expect(answers.filter(({ ms }) => ms > 200)).toEqual([]);
});

test("motion is painted only: it cannot move the scroll anchor of the timeline", () => {
  for (const { frames } of answers) {
    const set = [...keyframesOf(frames).matchAll(/^ {4}([\w-]+):/gm)].map(([, property]) => property);
    expect(set.length).toBeGreaterThan(0);
    expect(set.filter((property) => !["opacity", "translate", "scale"].includes(property ?? ""))).toEqual([]);
  }
});

test("a sent message rises by less than the padding below it, 12 px", () => {
  expect(keyframesOf("send")).toContain("translate: 0 8px;");
});
