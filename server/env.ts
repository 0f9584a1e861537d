/**
 * Everything the environment says, read once and checked. Nothing happens on import.
 *
 * Each process begins with `readEnv` and its name: what it needs (`env/processes.ts`) is checked then, and nothing else
 * is read. Tests and tools that are several processes in one just call `env()`, which reads all of it at the first use.
 *
 * `npm start`, `npm run dev` and `npm test` make local secrets and hand them over, together with IMCHAT_LOCAL=1.
 * Anywhere else they have to be set. A wrong or missing variable throws an EnvironmentError that lists each one and
 * what to do.
 */
import * as z from "zod/mini";
import { type Env, type EnvOf, type ProcessName, processes, type SettingName } from "#server/env/processes.ts";
import { EnvironmentError, type Source } from "#server/env/setting.ts";
import { settings } from "#server/env/settings.ts";

export type { Env, ProcessName } from "#server/env/processes.ts";
export { EnvironmentError } from "#server/env/setting.ts";
export type { S3Settings } from "#server/env/settings.ts";

const everySetting = Object.keys(settings) as SettingName[]; // the keys of this very table

/** Reads one environment: all of it, or what one process needs. */
export function parseEnv(source: Source): Env;
export function parseEnv<Process extends ProcessName>(source: Source, process: Process): EnvOf<Process>;
export function parseEnv(source: Source, process?: ProcessName): Env {
  // A variable that is set to nothing counts as not set: that is how hosts and .env files spell it.
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const names = process ? processes[process] : everySetting;
  const variables = Object.assign({}, ...names.map((name) => settings[name].variables));
  const result = z.object(variables).safeParse(filled);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new EnvironmentError(
      `The environment is not complete:\n${lines.join("\n")}\n` +
        "Set them (.env.example explains each), or use npm start or npm run dev, which make what a local run needs.",
    );
  }
  const values = names.map((name) => [name, settings[name].read(result.data, filled)]);
  // Each name with what its own setting read.
  return Object.fromEntries(values) as Env;
}

/** Of the whole process: Next loads this module more than once. */
const kept = globalThis as { imchatEnv?: Env };

/** A setting that is not on the list of the process is a mistake of ours, and is found by the first who asks. */
function guarded(read: object, process: ProcessName): Env {
  const refuse = (name: string) => () => {
    throw new Error(`The ${process} process does not read ${name}: add it in server/env/processes.ts.`);
  };
  for (const name of everySetting) {
    if (!Object.hasOwn(read, name)) Object.defineProperty(read, name, { get: refuse(name), enumerable: false });
  }
  return read as Env; // each setting is there, or throws
}

/** Reads what this process needs. Once, before anything calls `env()`. */
export function readEnv<Process extends ProcessName>(process: Process): EnvOf<Process> {
  kept.imchatEnv = guarded(parseEnv(globalThis.process.env, process), process);
  return kept.imchatEnv;
}

export function env(): Env {
  kept.imchatEnv ??= parseEnv(process.env);
  return kept.imchatEnv;
}
