import { Logger, runMigrations } from "graphile-worker";

/**
 * The tables and functions of graphile-worker, brought up to date. Apart from the runner, which loads what jobs need.
 */
export async function installJobs(connectionString: string): Promise<void> {
  await runMigrations({ connectionString, logger: new Logger(() => () => {}) });
}
