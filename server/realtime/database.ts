/** The worker's pools are opened the way the product opens its own. */
export { isDataError, openSql, type Sql } from "#server/db/sql.ts";
export { isUnavailable as isAway } from "#server/db/unavailable.ts";
export { EnvironmentError, env, readEnv } from "#server/env.ts";
export { log } from "#server/log.ts";
