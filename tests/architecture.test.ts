import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Source, violations } from "#tests/_imports.ts";

const paths = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(path));
const code = paths.filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith("tests/_imports"));
const sources: Source[] = code.map((path) => ({ path, text: readFileSync(path, "utf8") }));

test("every room imports only what it may", () => {
  expect(sources.length).toBeGreaterThan(150);
  expect(violations(sources)).toEqual([]);
});

test.each([
  ["contracts/x.ts", 'import { sql } from "#server/db/sql.ts";'],
  ["server/x.ts", 'import { Hub } from "#realtime/hub.ts";'],
  ["server/x.ts", 'import { api } from "#client/trpc.ts";'],
  ["realtime/x.ts", 'import { sendMessage } from "#server/messages/send/send.ts";'],
  ["realtime/x.ts", 'import { WebSocket } from "ws";'],
  ["client/x.ts", 'import { appRouter } from "#server/trpc/root.ts";'],
  ["client/x.ts", 'import type { Sql } from "#server/db/sql.ts";'],
  ["components/x.tsx", 'import type { AppRouter } from "#server/trpc/root.ts";'],
  ["components/x.tsx", 'const later = import("#server/env.ts");'],
  ["components/x.tsx", 'import Pusher from "pusher-js";'],
  ["components/x.tsx", "return <p dangerouslySetInnerHTML={html} />;"],
  ["app/x.tsx", 'import { readInbox } from "#server/conversations/store.ts";'],
  ["server/x.ts", "await tx`select pg_notify('im_bus', 'x')`;".replace("select ", "select ")],
  ["server/x.ts", 'const signature = createHmac("sha256", secret);'],
  ["realtime/x.ts", "return timingSafeEqual(left, right);"],
  ["server/x.ts", 'throw new TRPCError({ code: "FORBIDDEN" });'],
  ["server/x.ts", 'import * as z from "zod/mini";'],
  ["contracts/x.ts", 'import { z } from "zod";'],
  ["examples/x.ts", 'import { judge } from "#client/realtime/compare-rev.ts";'],
  ["client/x.ts", 'import { near } from "./near.ts";'],
])("a seeded violation in %s is found: %s", (path, text) => {
  expect(violations([{ path, text }])).not.toEqual([]);
});

test("types of the router are welcome in the client", () => {
  const text = 'import type { AppRouter } from "#server/trpc/root.ts";';
  expect(violations([{ path: "client/x.ts", text }])).toEqual([]);
});

/** Every module that is loaded with this one; libraries by their names. */
function loadedWith(entry: string): Set<string> {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const loaded = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const imports = (texts.get(path) ?? "").matchAll(/^(?:import|export)(?! type)[^;]*?["']([^"']+)["'];/gm);
    for (const [, target = ""] of imports) queue.push(target.startsWith("#") ? target.slice(1) : target);
  }
  return loaded;
}

test("nothing that parses bytes of strangers is loaded into a process that serves", () => {
  const parsers = ["sharp", "mediabunny", "file-type", "htmlparser2"];
  const sandbox = loadedWith("jobs/sandbox/child.ts");
  expect(parsers.filter((name) => !sandbox.has(name))).toEqual([]);
  expect([...sandbox].filter((path) => /^server\/(env|db\/)/.test(path))).toEqual([]);
  for (const entry of ["jobs/main.ts", "realtime/main.ts", "server/trpc/root.ts", "server/trpc/files.ts"]) {
    const loaded = loadedWith(entry);
    expect(loaded.size).toBeGreaterThan(20);
    expect(parsers.filter((name) => loaded.has(name))).toEqual([]);
  }
});

test("no file has a name that says nothing", () => {
  const empty = paths.filter((path) => /(^|\/)(utils?|helpers?|common|manager|handlers?)(\.|\/)/.test(path));
  expect(empty).toEqual([]);
});

test("every path that ARCHITECTURE.md names exists", () => {
  const named = [...readFileSync("ARCHITECTURE.md", "utf8").matchAll(/`([a-z_.]+\/[\w./[\]()-]*)`/g)].map(
    (match) => match[1] ?? "",
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test("SQL stands in stores, in the worker's door and in what the stores are made of", () => {
  const places =
    /^(server\/(bus|db|jobs|realtime)\/|server\/rate\.ts$|server\/conversations\/changes\.ts$|.*\/store\.ts$|scripts\/|tests\/|prisma\/|bench\/)/;
  const speaks = sources.filter(({ path, text }) => !places.test(path) && /\b(tx|sql\(\))(<[^`]*>)?`/.test(text));
  expect(speaks.map((source) => source.path)).toEqual([]);
});

test("no file uses both drivers: Prisma has connections of its own, outside the transaction", () => {
  const both = sources.filter(
    ({ text }) => text.includes("#server/db/prisma.ts") && text.includes("#server/db/sql.ts"),
  );
  expect(both.map(({ path }) => path).filter((path) => path.startsWith("server/"))).toEqual([]);
});
