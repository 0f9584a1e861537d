/** Signing in, sessions, profiles, and people whom one has met. */
import { randomUUID } from "node:crypto";
import { type Operations, range } from "#bench/world/operations/operation.ts";
import { getSelf } from "#server/accounts/me.ts";
import { checkSession, listSessions, revokeSession } from "#server/accounts/sessions.ts";
import { signInForCookie, signInForToken } from "#server/accounts/sign-in.ts";
import { readHolders } from "#server/accounts/store.ts";
import { updateProfile } from "#server/accounts/update-profile.ts";
import { sql } from "#server/db/sql.ts";
import { getPeople } from "#server/people/get.ts";
import { getLastSeen } from "#server/people/last-seen.ts";
import { getProfile } from "#server/people/profile.ts";
import { consumeRateLimit, sweep } from "#server/rate.ts";

export const worldPassword = "correct horse";

export const accountOperations: Operations = {
  "sign in with a handle": async ({ world }) => {
    const { token, sessionId } = await signInForToken(
      { address: randomUUID() },
      { login: `world_${world.first + 7}`, password: worldPassword },
    );
    const me = await checkSession({ token });
    if (!me) throw new Error("a new session stands");
    await revokeSession(me, { sessionId });
  },
  "sign in with an e-mail address": ({ world }) =>
    signInForCookie({ address: randomUUID() }, { login: `p${world.first + 8}@example.com`, password: worldPassword }),
  "find who may have a mobile number": ({ world }) =>
    readHolders({ mobile: `+8613${String(world.first + 1).padStart(9, "0")}` }),
  "check a session of a cookie": ({ me }) => checkSession({ cookieSessionId: me(7).sessionId }),
  "check many sessions of tokens": ({ id }) =>
    Promise.all(range(1, 40).map((n) => checkSession({ token: `imc_${id("session", n)}` }))),
  "list my sessions": ({ me }) => listSessions(me(7)),
  "read myself": ({ me }) => getSelf(me(7)),
  "change my profile": ({ me }) => updateProfile(me(7), { bio: randomUUID() }),
  "read people whom I have met": ({ me, id }) => getPeople(me(7), { ids: range(1, 60).map((n) => id("person", n)) }),
  "read the profile of a friend": ({ me, id }) => getProfile(me(7), { personId: id("person", 8) }),
  "read when a friend was last seen": ({ me, id }) => getLastSeen(me(7), { personId: id("person", 8) }),
  "consume a rate limit": () => consumeRateLimit(randomUUID(), { burst: 1, perMinute: 1 }),
  "delete rate limits that are full": () => sweep(sql()),
};
