import type { Role } from "#prisma/grants.ts";
import { localUrl } from "#scripts/roles.ts";

/**
 * The database of this test file, as a process of the product reaches it. The tests' own statements are the
 * superuser's.
 */
export const urlOf = (role: Role): string => localUrl(process.env.DATABASE_URL ?? "", role);

/** What a process of its own is started with. */
export const databaseOf = (role: Role) => ({ DATABASE_URL: urlOf(role), DATABASE_URL_DIRECT: urlOf(role) });
