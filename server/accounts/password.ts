import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { FairQueue } from "#server/accounts/fair-queue.ts";

const kept = globalThis as { imchatHashing?: FairQueue };

/**
 * Hashing may take half of the cores, one per lane, so that everything else goes on. A lane is the address that asks, or
 * the person. Each hash takes some 30 ms: a lane that is full clears in a second.
 */
function hashing(): FairQueue {
  kept.imchatHashing ??= new FairQueue({
    atOnce: Math.max(1, Math.floor(availableParallelism() / 2)),
    atOncePerLane: 1,
    waiting: 256,
    waitingPerLane: 32,
  });
  return kept.imchatHashing;
}

/** argon2id with the library's defaults (19 MiB, 2 passes, 1 lane: OWASP's first choice). Refuses `rate_limited`. */
export const hashPassword = (lane: string, password: string): Promise<string> =>
  hashing().run(lane, () => hash(password));

/**
 * An unknown login takes the same time as a wrong password, so that timing does not tell them apart. The stand-in is
 * hashed once, at the first unknown login.
 */
let standIn: Promise<string> | undefined;

/** Which of these hashes is the password's, or -1; each is looked at, so the time tells nothing. Refuses `rate_limited`. */
export function findPassword(lane: string, stored: readonly (string | null)[], password: string): Promise<number> {
  return hashing().run(lane, async () => {
    standIn ??= hash(crypto.randomUUID());
    let found = -1;
    for (const [at, one] of stored.entries()) {
      const matches = await verify(one ?? (await standIn), password);
      if (matches && one !== null && found < 0) found = at;
    }
    return found;
  });
}
