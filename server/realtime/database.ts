/** What the worker needs of `server/db`, environment and log; its pools are opened as the product's are. */
export { isDataError, openSql, type Sql } from "#server/db/sql.ts";
export { isUnavailable } from "#server/db/unavailable.ts";
export { EnvironmentError, env, readEnv } from "#server/env.ts";
export { log } from "#server/log.ts";
