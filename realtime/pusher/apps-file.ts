import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { readApps, rejectDuplicates, warningsOf } from "#realtime/pusher/read-apps.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import { EnvironmentError } from "#server/env.ts";
import { log } from "#server/log.ts";

type AppsEnv = { pusherApps: string; pusherAppsFile: string | undefined; realtimeAppId: string; realtimeKey: string };

/** The apps of PUSHER_APPS and of the file. Throws an EnvironmentError that names the faulty field. */
export function appsOf({ pusherApps, pusherAppsFile, realtimeAppId, realtimeKey }: AppsEnv): AppSettings[] {
  const apps = readApps(pusherApps);
  if (pusherAppsFile) apps.push(...readApps(textOf(pusherAppsFile), `PUSHER_APPS_FILE (${pusherAppsFile})`));
  rejectDuplicates(apps, { id: realtimeAppId, key: realtimeKey });
  return apps;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "unknown";
    throw new EnvironmentError(`PUSHER_APPS_FILE (${file}) cannot be read: ${code}`);
  }
}

const pollIntervalMs = 1_000;

/**
 * Calls `change` with the apps after each change of the file, and after SIGHUP. Errors in the file are logged, and the
 * apps stay as they were. Polls every second, because mounted files can be replaced without a file system event.
 */
export function watchApps(appsEnv: AppsEnv, change: (apps: AppSettings[]) => void): { close(): void } {
  const { pusherAppsFile: file } = appsEnv;
  if (!file) return { close: () => {} };
  const reload = () => {
    try {
      const apps = appsOf(appsEnv);
      for (const warning of warningsOf(apps)) log.warn(warning);
      change(apps);
      log.info({ apps: apps.length }, "the apps were read again");
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      log.error(`${error.message}\nThe apps stay as they were.`);
    }
  };
  watchFile(file, { interval: pollIntervalMs, persistent: false }, reload);
  process.on("SIGHUP", reload);
  return {
    close: () => {
      unwatchFile(file, reload);
      process.off("SIGHUP", reload);
    },
  };
}
