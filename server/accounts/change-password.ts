import { lockSession, replacePasswordHash } from "#server/accounts/in-transaction/store.ts";
import { getSelf } from "#server/accounts/me.ts";
import { findPassword, hashPassword } from "#server/accounts/password.ts";
import { revoke } from "#server/accounts/sessions.ts";
import { readPasswordHash } from "#server/accounts/store.ts";
import { checkStrength } from "#server/accounts/weak-passwords.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { countFailures, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Changes my password and ends every other session. Refuses `incorrect_password` when `current` is not it, also when another
 * change came first, `password_weak`, and `unauthenticated` when this session was ended meanwhile.
 */
export async function changePassword(me: Me, input: { current: string; next: string }): Promise<{ revoked: number }> {
  await checkStrength(input.next, await getSelf(me));
  return countFailures([[`password:${me.personId}`, rates.password]], async () => {
    const verified = await readPasswordHash(me.personId);
    const isRight = (await findPassword(me.personId, [verified], input.current)) === 0;
    if (!isRight || verified === null) throw new Refusal("incorrect_password");
    const next = await hashPassword(me.personId, input.next);
    return transaction(async (tx) => {
      if (!(await replacePasswordHash(tx, me.personId, verified, next))) throw new Refusal("incorrect_password");
      if (!(await lockSession(tx, me.sessionId))) throw new Refusal("unauthenticated");
      return revoke(tx, me, { except: me.sessionId });
    });
  });
}
