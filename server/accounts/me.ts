import type { Self } from "#contracts/accounts.ts";
import { readSelf } from "#server/accounts/store.ts";
import { toSelf } from "#server/accounts/view.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/** Me, with what only I may see. */
export async function getSelf(me: Me): Promise<Self> {
  const row = await readSelf(me.personId);
  if (!row) throw new Refusal("unauthenticated");
  return toSelf(row);
}
