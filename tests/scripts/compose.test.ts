import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { variablesOf } from "#server/env/processes.ts";
import { readComposeFile, requiredBy } from "#tests/images/compose-file.ts";

type Service = {
  environment?: Record<string, string>;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  pids_limit?: number;
  mem_limit?: string;
  networks?: string[];
  ports?: string[];
};
type Compose = { services: Record<string, Service>; networks: Record<string, { internal?: boolean } | null> };
const { services, networks }: Compose = parse(readFileSync("compose.yaml", "utf8"), { merge: true });

/** What a container has its own answer to: ports and addresses inside it, and one database without a pooler. */
const inside = ["BIND_ADDRESS", "DATABASE_URL_DIRECT", "JOBS_PORT", "NODE_ENV", "PORT", "WORKER_PORT"];
const passed = (names: string[]) => names.filter((name) => !inside.includes(name)).sort();

test.each([
  ["web", "web"],
  ["worker", "worker"],
  ["jobs", "jobs"],
  ["migrate", "deploy"],
] as const)("%s gets exactly the settings that its process reads", (service, process) => {
  expect(passed(Object.keys(services[service]?.environment ?? {}))).toEqual(passed(variablesOf(process)));
});

test("every setting of a process stands in .env.example, and every line there is a setting or is for compose.yaml", () => {
  const explained = [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, key]) => key);
  const read = (["web", "worker", "jobs", "deploy"] as const).flatMap(variablesOf);
  const interpolated = [...readFileSync("compose.yaml", "utf8").matchAll(/\$\{([A-Z0-9_]+)/g)].map(
    ([, key]) => key ?? "",
  );
  const known = new Set([...read, ...interpolated, "NODE_ENV"]);
  expect([...known].filter((name) => name !== "NODE_ENV" && !explained.includes(name))).toEqual([]);
  expect(explained.filter((name) => !known.has(name ?? ""))).toEqual([]);
});

test("no container may write beside its volumes, gain rights, or grow without a bound", () => {
  expect(Object.keys(services).sort()).toEqual(["jobs", "migrate", "postgres", "proxy", "web", "worker"]);
  for (const [name, service] of Object.entries(services)) {
    expect(service, name).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      pids_limit: 512,
      mem_limit: expect.any(String),
    });
  }
});

test("Postgres is on a network of its own, and only the proxy has ports outside", () => {
  expect(networks.database).toEqual({ internal: true });
  expect(services.postgres?.networks).toEqual(["database"]);
  expect(services.proxy?.networks).toEqual(["front"]);
  expect(Object.entries(services).flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(["proxy"]);
});

test("npm run try:images knows every setting of compose.yaml, and starts a service after those that it needs", () => {
  const values = Object.fromEntries(
    requiredBy(readFileSync("compose.yaml", "utf8")).map((name) => [name, `<${name}>`]),
  );
  const compose = readComposeFile("compose.yaml", values);
  expect(compose.services.map(({ name }) => name)).toEqual(["postgres", "migrate", "web", "worker", "jobs", "proxy"]);
  const said = compose.services.map(({ name, args }) => [name, args.join(" ")] as const);
  // What is not set arrives as an empty text.
  expect(said.find(([name]) => name === "worker")?.[1]).toContain("--env LOG_LEVEL= ");
  // Each database password goes to the process that signs in with it, and to migrate.
  const told = (secret: string) => said.flatMap(([name, args]) => (args.includes(`<${secret}>`) ? [name] : []));
  expect(told("POSTGRES_PASSWORD")).toEqual(["postgres", "migrate"]);
  expect(told("OWNER_DATABASE_PASSWORD")).toEqual(["migrate"]);
  expect(told("WEB_DATABASE_PASSWORD")).toEqual(["migrate", "web"]);
  expect(told("WORKER_DATABASE_PASSWORD")).toEqual(["migrate", "worker"]);
  expect(told("JOBS_DATABASE_PASSWORD")).toEqual(["migrate", "jobs"]);
  expect(told("NEXTAUTH_SECRET")).toEqual(["web"]);
  expect(told("REALTIME_SECRET")).toEqual(["web", "worker"]);
  expect(told("MEDIA_SECRET")).toEqual(["web", "jobs"]);
});

test("a folder that a Dockerfile makes may be there already, as /media is in Debian", () => {
  for (const file of ["Dockerfile", "Dockerfile.worker"]) {
    expect(readFileSync(file, "utf8").match(/mkdir (?!-p)\S+/g) ?? [], file).toEqual([]);
  }
});
