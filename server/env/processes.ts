/**
 * What each process reads of the environment, and nothing else: a secret that it does not need it is not given, and
 * need not have. `tests/scripts/processes.test.ts` compares each list with what the code of that process asks for.
 */
import { settings } from "#server/env/settings.ts";

export type Env = { [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]["read"]> };
export type SettingName = keyof Env;

const database = ["databaseUrl", "databaseUrlDirect"] as const;

const lists = {
  web: [
    ...database,
    "port",
    "bindAddress",
    "logLevel",
    "nextauthUrl",
    "nextauthSecret",
    "trustedProxies",
    "corsOrigins",
    "realtimeUrl",
    "workerPort",
    "workerPath",
    "realtimeAppId",
    "realtimeKey",
    "realtimeSecret",
    "mediaUrl",
    "jobsPort",
    "mediaSecret",
    "storage",
    "mediaQuotaBytes",
    "mediaTotalBytes",
    "messageRateLimit",
    "communitiesPerPerson",
    "walletInitialBalance",
  ],
  worker: [
    ...database,
    "bindAddress",
    "logLevel",
    "workerPort",
    "workerPath",
    "workers",
    "workerLimits",
    "trustedProxies",
    "nextauthUrl",
    "corsOrigins",
    "realtimeAppId",
    "realtimeKey",
    "realtimeSecret",
    "realtimeSecretPrevious",
    "pusherApps",
    "pusherAppsFile",
    "metricsToken",
    "messageRateLimit",
  ],
  jobs: [
    ...database,
    "bindAddress",
    "logLevel",
    "jobsPort",
    "mediaUrl",
    "mediaSecret",
    "mediaSecretPrevious",
    "storage",
    "linkPreviewAllowedHosts",
    "messageRateLimit",
  ],
  /** `npm run db:deploy`. */
  deploy: ["databaseUrlDirect", "databaseAdminUrl", "rolePasswords"],
  /** The demo accounts of `npm start`. */
  seed: [...database, "logLevel", "production", "messageRateLimit", "communitiesPerPerson", "walletInitialBalance"],
} as const satisfies Record<string, readonly SettingName[]>;

export type ProcessName = keyof typeof lists;
export type EnvOf<Process extends ProcessName> = Pick<Env, (typeof lists)[Process][number]>;
export const processes: Record<ProcessName, readonly SettingName[]> = lists;

const namesOf = (names: readonly SettingName[]) => names.flatMap((name) => Object.keys(settings[name].variables));

/** The environment variables that a process reads. */
export const variablesOf = (process: ProcessName): string[] => [...new Set(namesOf(processes[process]))].sort();

/** Takes out of an environment what this process does not read: to be spread behind it. */
export function withoutOthers(process: ProcessName): Record<string, undefined> {
  const own = new Set([...variablesOf(process), "NODE_ENV"]);
  const all = Object.values(settings).flatMap(({ variables }) => Object.keys(variables));
  return Object.fromEntries(all.filter((name) => !own.has(name)).map((name) => [name, undefined]));
}
