import { checkPassword, hashPassword } from "#server/accounts/password.ts";
import { revoke } from "#server/accounts/sessions.ts";
import { readPasswordHash, writePasswordHash } from "#server/accounts/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { rates, spend } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/** Changes my password and ends every other session. Refuses `password_wrong` when `current` is not it. */
export async function changePassword(me: Me, input: { current: string; next: string }): Promise<{ revoked: number }> {
  await spend(`password:${me.personId}`, rates.password);
  if (!(await checkPassword(await readPasswordHash(me.personId), input.current))) throw new Refusal("password_wrong");
  const passwordHash = await hashPassword(input.next);
  return transaction(async (tx) => {
    await writePasswordHash(tx, me.personId, passwordHash);
    return revoke(tx, me, { except: me.sessionId });
  });
}
