import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

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
const inside = ["BIND_ADDRESS", "DATABASE_URL_DIRECT", "JOBS_PORT", "PORT", "WORKER_PORT"];

test.each(["web", "worker", "jobs", "migrate"])("every setting that .env.example explains reaches %s", (name) => {
  const explained = [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, key]) => key);
  const passed = Object.keys(services[name]?.environment ?? {});
  expect(explained.filter((key) => !passed.includes(key ?? "") && !inside.includes(key ?? ""))).toEqual([]);
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
