/** What Prisma, pg and its pool say without a code. */
const brokenConnection =
  /Can't reach database server|Connection terminated (unexpectedly|due to connection timeout)|timeout exceeded when trying to connect|Cannot use a pool after calling end/;

/**
 * Prisma 7 puts what Postgres said (57P03 while it restarts) into an error of its own, P2039, and the code inside it.
 */
export function codeOf(error: Error): string {
  const meta = "meta" in error ? error.meta : undefined;
  // Prisma types it as a record of anything.
  const told = (meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } } | undefined)
    ?.driverAdapterError;
  const code = told?.cause?.originalCode ?? ("code" in error ? error.code : undefined);
  return typeof code === "string" ? code : "";
}

/**
 * Postgres and the network saying "not now": connection classes 08 and 57, nothing left of something (53: disk, memory,
 * connections), a disk that fails, timeouts, locks.
 */
const unavailableCodes =
  /^(08|53|57P0|57014|58030|55P03|40P01|40001|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EHOSTUNREACH|CONNECT|P1001|P1002|P1008|P1017|P2024|P2028)/;

/** A dependency is away, which passes; nothing is wrong with what was asked. */
export const isUnavailable = (error: Error): boolean =>
  unavailableCodes.test(codeOf(error)) || error.name === "DriverAdapterError" || brokenConnection.test(error.message);
