/** Contrast of what is written on the timeline, from the colours of app/globals.css, by WCAG 2. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nameColourOf, nameColours } from "#components/people/name-colour.ts";

const css = readFileSync("app/globals.css", "utf8");
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

const one = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/;
const both = new RegExp(`--([\\w-]+): light-dark\\((${one.source}), (${one.source})\\);`, "g");
const colours = new Map<string, Record<Theme, string>>();
for (const [, name = "", light = "", , , , dark = ""] of css.matchAll(both)) colours.set(name, { light, dark });

/** The relative luminance of an oklch colour, as a screen of sRGB shows it. */
function luminance(name: string, theme: Theme): number {
  const [, L = 0, C = 0, h = 0] = (colours.get(name)?.[theme] ?? "").match(one)?.map(Number) ?? [];
  const [a, b] = [C * Math.cos((h * Math.PI) / 180), C * Math.sin((h * Math.PI) / 180)];
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => Math.min(1, Math.max(0, part)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Theme, text: string, ground: string): number {
  const [dark = 0, light = 0] = [luminance(text, theme), luminance(ground, theme)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("the measure is that of WCAG", () => {
  colours.set("black", { light: "oklch(0 0 0)", dark: "oklch(0 0 0)" });
  expect(contrast("light", "surface", "black")).toBeCloseTo(21, 3);
  // oklch(1 0 0) on oklch(0.62 0.015 220) is white on #7d898f.
  expect(contrast("light", "surface", "line-strong")).toBeCloseTo(3.6, 1);
});

/** The page, its drawing, bubbles, and what a row has while it is jumped to or selected. */
const grounds = ["canvas", "backdrop", "other", "own", "surface", "sunken", "accent-soft"];
const names = Array.from({ length: nameColours }, (_, at) => `name-${at + 1}`);

describe.each(themes)("in the %s theme", (theme) => {
  test.each(grounds)("every name can be read on --%s", (ground) => {
    const weak = names.filter((name) => contrast(theme, name, ground) < 4.5);
    expect(weak).toEqual([]);
  });

  test.each(["ink", "ink-soft", "accent-ink"])("--%s can be read on the page and on the drawing behind it", (text) => {
    for (const ground of ["canvas", "backdrop"]) expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test("the drawing is hardly seen", () => {
    expect(contrast(theme, "backdrop", "canvas")).toBeLessThan(1.2);
    expect(contrast(theme, "backdrop", "canvas")).toBeGreaterThan(1.03);
  });
});

test("a person keeps their colour, and all colours are used", () => {
  expect(nameColourOf("0197a0c8-0000-7000-8000-000000000001")).toBe("var(--name-3)");
  expect(nameColourOf("0197a0c8-0000-7000-8000-000000000002")).toBe("var(--name-8)");
  const used = new Set(Array.from({ length: 400 }, () => nameColourOf(randomUUID())));
  expect([...used].sort()).toEqual(names.map((name) => `var(--${name})`));
});
