import { watchRequests } from "#server/auth/watch-requests.ts";
import { readEnv } from "#server/env.ts";
import { log } from "#server/log.ts";

/**
 * What the web process does before it answers. A wrong or missing setting ends it: Next alone would answer 500 for
 * ever.
 */
export function startWeb(): void {
  try {
    readEnv("web");
    watchRequests();
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : "the web process could not start");
    process.exit(1);
  }
}
