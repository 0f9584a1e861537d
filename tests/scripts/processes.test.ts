import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { processes, variablesOf } from "#server/env/processes.ts";
import { env, type ProcessName, parseEnv, readEnv } from "#server/env.ts";
import { codeOf } from "#tests/_process-code.ts";

/** Read beside `env()`: by Next from its command line, by `server/log.ts` before anything else, by `proxy.ts`. */
const elsewhere = ["port", "bindAddress", "logLevel"];

/** Every setting that code takes from `env()` or from what `readEnv` answered. */
function settingsIn(code: string): string[] {
  const read = String.raw`(?:\benv\d*\(\)|\breadEnv\d*\("\w+"\))`;
  const names = new Set<string>();
  for (const [, name = ""] of code.matchAll(new RegExp(String.raw`${read}\.(\w+)`, "g"))) names.add(name);
  for (const [, list = ""] of code.matchAll(new RegExp(String.raw`\{([^{}]*)\} = ${read}`, "g"))) {
    for (const part of list.split(",")) names.add(part.split(":")[0]?.trim() ?? "");
  }
  // `const said = readEnv("worker"); … said.workerPort`, and the one function that takes all of it.
  const [, whole] = /(\w+) = readEnv\d*\("\w+"\);/.exec(code) ?? [];
  for (const [, name = ""] of whole ? code.matchAll(new RegExp(String.raw`\b${whole}\.(\w+)`, "g")) : [])
    names.add(name);
  const [, apps = ""] = /function appsOf\(\{([^}]*)\}\)/.exec(code) ?? [];
  for (const name of apps.split(",")) names.add(name.trim());
  names.delete("");
  return [...names];
}

test.each(["web", "worker", "jobs", "seed"] as const)(
  "%s declares exactly the settings that its code reads",
  async (name) => {
    const read = settingsIn(await codeOf(name));
    const declared = processes[name].filter((setting) => !elsewhere.includes(setting) || read.includes(setting));
    expect([...read].sort()).toEqual([...declared].sort());
  },
);

const secrets = {
  NEXTAUTH_SECRET: "n".repeat(32),
  REALTIME_KEY: "key-of-the-app",
  REALTIME_SECRET: "r".repeat(32),
  MEDIA_SECRET: "m".repeat(32),
};
const database = { DATABASE_URL: "postgresql://imchat:secret@db.example.com/imchat" };

test.each([
  ["web", ["MEDIA_SECRET", "NEXTAUTH_SECRET", "REALTIME_KEY", "REALTIME_SECRET"]],
  ["worker", ["REALTIME_KEY", "REALTIME_SECRET"]],
  ["jobs", ["MEDIA_SECRET"]],
  ["deploy", []],
  ["seed", []],
] as [ProcessName, string[]][])("%s starts with these secrets alone, and not without one of them", (name, needed) => {
  const own = Object.fromEntries(Object.entries(secrets).filter(([key]) => needed.includes(key)));
  expect(() => parseEnv({ ...database, ...own }, name)).not.toThrow();
  for (const key of needed) {
    expect(() => parseEnv({ ...database, ...own, [key]: "" }, name)).toThrow(`${key} is missing`);
  }
  // A secret of another process may even be wrong: it is not looked at.
  for (const key of Object.keys(secrets).filter((key) => !needed.includes(key))) {
    expect(() => parseEnv({ ...database, ...own, [key]: "x" }, name)).not.toThrow();
    expect(variablesOf(name)).not.toContain(key);
  }
});

afterEach(() => {
  (globalThis as { imchatEnv?: unknown }).imchatEnv = undefined;
});

test("what is read beside env() also takes a variable that is set to nothing for one that is not set", () => {
  const listed = execFileSync("git", ["ls-files", "server", "realtime", "jobs", "app", "client", "*.ts"], {
    encoding: "utf8",
  });
  const files = listed
    .split("\n")
    .filter((file) => /^(server|realtime|jobs|app|client)\/.*\.tsx?$|^[\w.]+\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(200);
  // `?? "info"` lets "" through, and so does the default of `const { LOG_LEVEL = "info" } = process.env`.
  const careless = /process\.env\.\w+ \?\? |\{[^{}]*=[^{}]*\} = process\.env/;
  expect(files.filter((file) => existsSync(file) && careless.test(readFileSync(file, "utf8")))).toEqual([]);
});

test("a process that reads a setting it did not declare is told so", () => {
  const read = readEnv("jobs");
  expect(read.mediaSecret).toBe(process.env.MEDIA_SECRET);
  expect(env().mediaSecret).toBe(process.env.MEDIA_SECRET);
  expect(() => env().nextauthSecret).toThrow("The jobs process does not read nextauthSecret");
});
