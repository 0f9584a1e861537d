import { limits } from "#contracts/limits.ts";

/** When a session ends that is used now and never again. */
export const sessionEnd = () => new Date(Date.now() + limits.sessionDays * 86_400_000);
