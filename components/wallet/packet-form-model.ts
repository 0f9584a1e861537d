import type { PacketTerms } from "#client/wallet/use-send-packet.ts";
import { centsOf } from "#components/wallet/coins.ts";
import { limits } from "#contracts/limits.ts";
import type { Reason } from "#contracts/refusals.ts";

const { shares: mostShares, shareMax } = limits.redPacket;

/**
 * What stands in the form, as typed. `amount` is for all together when the split is random, for each when it is equal.
 */
export type PacketDraft = { split: "random" | "equal"; amount: string; shares: string; greeting: string };
export type PacketFormError = { field: "amount" | "shares" | "greeting"; reason: Reason };

/** The cents that a draft takes out of the wallet, null while it says no amount. */
export function totalOf({ split, amount, shares }: PacketDraft): number | null {
  const cents = centsOf(amount);
  const many = sharesOf(shares);
  if (cents === null) return null;
  return split === "random" ? cents : many === null ? null : cents * many;
}

function sharesOf(text: string): number | null {
  const plain = text.normalize("NFKC").trim();
  return /^\d{1,3}$/.test(plain) && Number(plain) >= 1 && Number(plain) <= mostShares ? Number(plain) : null;
}

/** What to send, or the first thing that the server would refuse. `balance` is null while it is not known. */
export function readDraft(
  draft: PacketDraft,
  conversationId: string,
  balance: number | null,
): { terms: PacketTerms } | { trouble: PacketFormError } {
  const trouble = (field: PacketFormError["field"], reason: Reason) => ({ trouble: { field, reason } });
  const total = totalOf(draft);
  const shares = sharesOf(draft.shares);
  if (centsOf(draft.amount) === null) return trouble("amount", "invalid_amount");
  if (shares === null || total === null) return trouble("shares", "invalid_shares");
  if (total < shares) return trouble("amount", "packet_too_small");
  if (total > shares * shareMax) return trouble("amount", "packet_too_large");
  if (balance !== null && total > balance) return trouble("amount", "insufficient_balance");
  return { terms: { conversationId, split: draft.split, total, shares, greeting: draft.greeting } };
}

/** Where a refusal of the server belongs; null when it is about none of the fields. */
export function fieldOf(reason: Reason): PacketFormError["field"] | null {
  if (reason === "invalid_shares") return "shares";
  if (reason.startsWith("text_")) return "greeting";
  return reason.startsWith("packet_") || reason.startsWith("balance_") || reason.startsWith("amount_")
    ? "amount"
    : null;
}
