import { hash, verify } from "@node-rs/argon2";

/** argon2id with the library's defaults (19 MiB, 2 passes, 1 lane: OWASP's first choice). */
export const hashPassword = (password: string): Promise<string> => hash(password);

/**
 * Somebody who does not exist costs the same time as a wrong password, so that timing names nobody. The stand-in is
 * hashed once, at the first unknown login.
 */
let standIn: Promise<string> | undefined;

export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  standIn ??= hashPassword(crypto.randomUUID());
  const matches = await verify(stored ?? (await standIn), password);
  return stored !== null && matches;
}
