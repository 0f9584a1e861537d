/**
 * `compose.yaml` as arguments of podman. A setting that is not known here ends the trial: nothing is left out in
 * silence.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

export type Service = {
  name: string;
  image?: string;
  build?: { dockerfile: string; target: string | undefined };
  command: string[];
  replicas: number;
  /** The services that must have ended or started before it. */
  after: string[];
  healthcheck: string[] | undefined;
  ports: [host: number, inside: number][];
  /** Arguments of `podman run` that say what compose.yaml says. */
  args: string[];
  configs: { content: string; target: string }[];
};

type Raw = Record<string, unknown>;
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** `${NAME:-otherwise}` and `${NAME:?}`, as compose reads them. */
function fillIn(text: string, values: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, how: string | undefined, rest: string) => {
    if (values[name]) return values[name];
    if (how === "?") throw new Error(`compose.yaml requires ${name}.`);
    return rest ?? "";
  });
}

/** The same with every text filled in: after YAML was read, so that nothing stays an empty text and is no null. */
function filled(value: unknown, values: Record<string, string>): unknown {
  if (typeof value === "string") return fillIn(value, values);
  if (Array.isArray(value)) return value.map((entry) => filled(entry, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, filled(entry, values)]));
}

/** How each setting of a service is said to podman; null: read elsewhere in this file. */
const said: Record<string, ((value: unknown) => string[]) | null> = {
  image: null,
  build: null,
  command: null,
  depends_on: null,
  healthcheck: null,
  ports: null,
  configs: null,
  deploy: null,
  environment: (value) => Object.entries(value as Raw).flatMap(([name, text]) => ["--env", `${name}=${text}`]),
  volumes: (value) => strings(value).flatMap((volume) => ["--volume", volume]),
  networks: (value) => ["--network", strings(value).join(",")],
  read_only: (value) => (value === true ? ["--read-only", "--read-only-tmpfs=false"] : []),
  tmpfs: (value) => strings(value).flatMap((mount) => ["--tmpfs", mount]),
  cap_drop: (value) => strings(value).flatMap((name) => ["--cap-drop", name]),
  cap_add: (value) => strings(value).flatMap((name) => ["--cap-add", name]),
  security_opt: (value) => strings(value).flatMap((option) => ["--security-opt", option]),
  pids_limit: (value) => ["--pids-limit", String(value)],
  mem_limit: (value) => ["--memory", String(value)],
  stop_grace_period: (value) => ["--stop-timeout", String(value).replace("s", "")],
  restart: (value) => ["--restart", String(value)],
};

function toService(name: string, raw: Raw, configs: Record<string, { content: string }>): Service {
  const args = Object.entries(raw).flatMap(([key, value]) => {
    const say = said[key];
    if (say === undefined) throw new Error(`The trial does not know "${key}" of ${name} in compose.yaml.`);
    return say?.(value) ?? [];
  });
  const build = raw.build as string | { dockerfile: string; target: string } | undefined; // the two forms that the file uses
  const dependencies = raw.depends_on as string[] | Raw | undefined; // a list, or a table by name
  const check = raw.healthcheck as { test: string[] } | undefined;
  return {
    name,
    ...(typeof raw.image === "string" ? { image: raw.image } : {}),
    ...(build ? { build: typeof build === "string" ? { dockerfile: "Dockerfile", target: undefined } : build } : {}),
    command: strings(raw.command),
    replicas: (raw.deploy as { replicas: number } | undefined)?.replicas ?? 1,
    after: Array.isArray(dependencies) ? dependencies.map(String) : Object.keys(dependencies ?? {}),
    healthcheck: check?.test[0] === "CMD-SHELL" ? ["sh", "-c", check.test[1] ?? ""] : undefined,
    ports: strings(raw.ports).map((port) => {
      const [host = 0, inside = 0] = port.split(":").map(Number);
      return [host, inside];
    }),
    args,
    configs: ((raw.configs as { source: string; target: string }[] | undefined) ?? []).map(({ source, target }) => ({
      content: configs[source]?.content ?? "",
      target,
    })),
  };
}

export type ComposeFile = { services: Service[]; networks: { name: string; internal: boolean }[]; required: string[] };

/** `values` stand for `.env`. */
export function readComposeFile(file: string, values: Record<string, string>): ComposeFile {
  const text = readFileSync(file, "utf8");
  const raw = filled(parse(text, { merge: true }), values) as {
    services: Record<string, Raw>;
    networks: Record<string, { internal?: boolean } | null>;
    configs: Record<string, { content: string }>;
  };
  return {
    services: inOrder(Object.entries(raw.services).map(([name, service]) => toService(name, service, raw.configs))),
    networks: Object.entries(raw.networks).map(([name, network]) => ({ name, internal: network?.internal === true })),
    required: requiredBy(text),
  };
}

/** The variables that have to be set. */
export const requiredBy = (text: string): string[] => [
  ...new Set([...text.matchAll(/\$\{(\w+):\?\}/g)].map(([, name = ""]) => name)),
];

function inOrder(services: Service[]): Service[] {
  const done: Service[] = [];
  while (done.length < services.length) {
    const next = services.find(
      (service) => !done.includes(service) && service.after.every((name) => done.some((one) => one.name === name)),
    );
    if (!next) throw new Error("The services of compose.yaml wait for each other.");
    done.push(next);
  }
  return done;
}
