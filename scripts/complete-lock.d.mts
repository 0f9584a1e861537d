export type Lock = { packages: Record<string, unknown> };
/** Adds the missing platform packages to `lock` and returns them as name@version. */
export function completeLock(lock: Lock): string[];
