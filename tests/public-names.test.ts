/** The lists of docs/api.md are the names in the code, in the same order where the order says something. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { conversationEvent, personEvent } from "#contracts/events.ts";
import { refusals } from "#contracts/refusals.ts";
import { rpcEvents } from "#contracts/rpc.ts";
import { openMetrics } from "#realtime/metrics.ts";
import { appRouter } from "#server/trpc/root.ts";

const page = readFileSync("docs/api.md", "utf8");
const [procedures, reasons, conversationEvents, personEvents, frames, environment, metrics] = [
  ...page.matchAll(/```\n([^`]*)```/g),
].map(([, list = ""]) => list.trim().split("\n"));

type Procedure = { _def: { type: string; meta?: { idempotent?: true } } };
const typesOf = (schema: z.core.$ZodType) =>
  [...JSON.stringify(z.toJSONSchema(schema)).matchAll(/"const":"([a-z_]+\.[a-z_]+)"/g)].map(([, type]) => type);

test("procedures", () => {
  const all = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
  expect(all.map(([path, { _def }]) => `${path}${_def.meta?.idempotent ? "*" : ""} ${_def.type}`)).toEqual(procedures);
});

test("refusals", () => {
  expect(Object.entries(refusals).map(([reason, code]) => `${reason} ${code}`)).toEqual(reasons);
});

test("events and frames", () => {
  expect(typesOf(conversationEvent)).toEqual(conversationEvents);
  expect(typesOf(personEvent)).toEqual(personEvents);
  expect(Object.values(rpcEvents)).toEqual(frames);
});

test("environment", () => {
  const example = readFileSync(".env.example", "utf8").matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm);
  expect([...new Set([...example].map(([, name]) => name))].sort()).toEqual(environment);
});

test("metrics", async () => {
  const { body } = await openMetrics({ connections: () => ({}), isHealthy: () => true }).page();
  expect([...new Set([...body.matchAll(/^# HELP (imchat_\w+)/gm)].map(([, name]) => name))].sort()).toEqual(metrics);
});
