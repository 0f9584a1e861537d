import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, id, optionalLine, positive, time } from "#contracts/text.ts";

/**
 * Coins are play credits: they are granted by the product, worth nothing outside it, and cannot be bought, sold or
 * cashed. One coin is 100 cents; every amount on the wire is a whole number of cents.
 */
const { shares: mostShares, shareMax, greeting } = limits.redPacket;
const malformed = { error: "invalid_amount" };

export const wallet = z.object({ balance: count });
export type Wallet = z.infer<typeof wallet>;

const transferKinds = ["grant", "packet_sent", "packet_claimed", "packet_refunded"] as const;
/** One transfer as it changed my balance; `person` is the sender of the packet, for a claimed share. */
const walletEntry = z.object({
  id: count,
  kind: z.enum(transferKinds),
  /** Positive for what came in. */
  amount: z.int(),
  packetId: z.nullable(id),
  personId: z.nullable(id),
  createdAt: time,
});
export type WalletEntry = z.infer<typeof walletEntry>;

/** Newest first; `cursor` is the `id` of the last entry that I have. */
export const walletHistoryInput = z.object({
  cursor: z.optional(count.check(z.maximum(Number.MAX_SAFE_INTEGER))),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type WalletHistoryInput = z.infer<typeof walletHistoryInput>;
export const walletHistory = z.object({ entries: z.array(walletEntry), nextCursor: z.nullable(count) });
export type WalletHistory = z.infer<typeof walletHistory>;

const splits = ["equal", "random"] as const;

/**
 * `total` is for all shares together; of an equal split each share gets `total / shares`, which must be whole.
 * `forPersonId` is the only person who may open it: one share, for another member of the conversation. A packet in a
 * direct conversation has one share, and is for the other. An empty greeting is shown as the usual one in the reader's
 * language.
 */
export const packetSendInput = z.object({
  conversationId: id,
  clientId: id,
  split: z.enum(splits),
  total: z
    .int(malformed)
    .check(z.positive(malformed), z.maximum(mostShares * shareMax, { error: "packet_too_large", abort: true })),
  shares: z
    .int({ error: "invalid_shares" })
    .check(z.positive({ error: "invalid_shares" }), z.maximum(mostShares, { error: "invalid_shares" })),
  greeting: optionalLine(greeting),
  forPersonId: z.optional(id),
});
export type PacketSendInput = z.infer<typeof packetSendInput>;

const packetTake = z.object({ personId: id, amount: positive, takenAt: time });

/** A red packet as I see it. */
export const packet = z.object({
  id,
  conversationId: id,
  seq: positive,
  senderId: id,
  split: z.enum(splits),
  /** The only one who may open it; null for everyone in the conversation. */
  forPersonId: z.nullable(id),
  total: positive,
  shares: positive,
  greeting: z.string(),
  createdAt: time,
  expiresAt: time,
  /** `finished`: everything was taken. `expired`: too late for what is left, which goes back to the sender. */
  state: z.enum(["open", "finished", "expired"]),
  /** My share, once I have it. */
  mine: z.nullable(positive),
  /** In the order in which they were taken. */
  takes: z.array(packetTake),
  /** Who got the largest share of a random split (the first of equals), once everything was taken. */
  luckiestId: z.nullable(id),
});
export type Packet = z.infer<typeof packet>;

export const packetInput = z.object({ packetId: id });
export const packetOpenOutput = z.object({
  outcome: z.enum(["opened", "already", "finished", "expired"]),
  /** What I got, now or before. */
  amount: z.nullable(positive),
  packet,
});
export type PacketOpenOutput = z.infer<typeof packetOpenOutput>;
