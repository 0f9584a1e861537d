import { limits } from "#contracts/limits.ts";
import type { WalletHistory, WalletHistoryInput } from "#contracts/wallet.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { getWallet } from "#server/wallet/get.ts";
import { readEntries } from "#server/wallet/store.ts";
import { toWalletEntry } from "#server/wallet/view.ts";

/** A page of what moved in my wallet, newest first; `nextCursor` is null on the last. Refuses nothing. */
export async function walletHistory(me: Me, input: WalletHistoryInput): Promise<WalletHistory> {
  // The first page of a new wallet begins with its grant.
  if (input.cursor === undefined) await getWallet(me);
  const limit = input.limit ?? limits.page.default;
  const rows = await readEntries(sql(), me.personId, input.cursor ?? null, limit + 1);
  const entries = rows.slice(0, limit).map(toWalletEntry);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
