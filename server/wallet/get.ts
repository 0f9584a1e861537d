import type { Wallet } from "#contracts/wallet.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { lockWallet, readBalance } from "#server/wallet/store.ts";

/** My balance in cents of play credits. The first call makes the wallet with its initial balance. Refuses nothing. */
export async function getWallet(me: Me): Promise<Wallet> {
  const known = await readBalance(sql(), me.personId);
  const balance = known ?? (await transaction((tx) => lockWallet(tx, me.personId, env().walletInitialBalance)));
  return { balance };
}
