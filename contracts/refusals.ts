/**
 * Every way the product says no: reason → code. The sentences stand in `locales/*.json` under `refusals.<reason>`;
 * a test checks that each language has each reason.
 */
export const refusals = {
  signed_out: "UNAUTHORIZED",
  credentials_wrong: "UNAUTHORIZED",
  not_found: "NOT_FOUND",
  not_allowed: "FORBIDDEN",
  origin_refused: "FORBIDDEN",
  too_fast: "TOO_MANY_REQUESTS",
  input_invalid: "BAD_REQUEST",
  id_malformed: "BAD_REQUEST",
  text_empty: "BAD_REQUEST",
  text_too_long: "BAD_REQUEST",
  text_unclean: "BAD_REQUEST",
  handle_malformed: "BAD_REQUEST",
  handle_taken: "CONFLICT",
  mobile_malformed: "BAD_REQUEST",
  email_malformed: "BAD_REQUEST",
  password_too_short: "BAD_REQUEST",
  password_too_long: "BAD_REQUEST",
  icon_malformed: "BAD_REQUEST",
  password_weak: "BAD_REQUEST",
  password_wrong: "FORBIDDEN",
  socket_id_malformed: "BAD_REQUEST",
  channel_malformed: "BAD_REQUEST",
  yourself: "BAD_REQUEST",
  already_friends: "CONFLICT",
  request_not_found: "NOT_FOUND",
  not_friends: "FORBIDDEN",
  /** They blocked me; said as plainly as it can be without naming it. */
  not_accepted: "FORBIDDEN",
  blocked_by_me: "FORBIDDEN",
  friends_full: "CONFLICT",
  client_id_reused: "CONFLICT",
  conversation_closed: "FORBIDDEN",
  address_malformed: "BAD_REQUEST",
  type_malformed: "BAD_REQUEST",
  file_empty: "BAD_REQUEST",
  file_too_large: "BAD_REQUEST",
  quota_full: "FORBIDDEN",
  storage_full: "SERVICE_UNAVAILABLE",
  file_id_reused: "CONFLICT",
  parts_missing: "CONFLICT",
  checksum_wrong: "BAD_REQUEST",
  file_not_ready: "CONFLICT",
  file_gone: "CONFLICT",
  file_type_refused: "BAD_REQUEST",
  picture_heic: "BAD_REQUEST",
  picture_too_large: "BAD_REQUEST",
  file_broken: "BAD_REQUEST",
  voice_too_long: "BAD_REQUEST",
  preview_missing: "CONFLICT",
  address_not_in_text: "BAD_REQUEST",
  pack_malformed: "BAD_REQUEST",
  sticker_too_large: "BAD_REQUEST",
  packs_full: "CONFLICT",
  favourites_full: "CONFLICT",
  payload_too_large: "BAD_REQUEST",
  payload_malformed: "BAD_REQUEST",
  amount_malformed: "BAD_REQUEST",
  shares_malformed: "BAD_REQUEST",
  packet_too_large: "BAD_REQUEST",
  packet_too_small: "BAD_REQUEST",
  packet_uneven: "BAD_REQUEST",
  packet_for_another: "FORBIDDEN",
  balance_too_small: "CONFLICT",
  communities_full: "CONFLICT",
  community_full: "CONFLICT",
  /** The owner removed me. */
  community_banned: "FORBIDDEN",
  already_member: "CONFLICT",
  owner_must_hand_over: "CONFLICT",
  unavailable: "SERVICE_UNAVAILABLE",
  broken: "INTERNAL_SERVER_ERROR",
} as const;

export type Reason = keyof typeof refusals;
export type RefusalCode = (typeof refusals)[Reason];
// The table is written out above, so its keys are just these.
export const reasons = Object.keys(refusals) as [Reason, ...Reason[]];
export const isReason = (text: string): text is Reason => Object.hasOwn(refusals, text);

/** What every error over tRPC carries in `data`. */
export type RefusalData = { reason: Reason; params: Record<string, string | number>; requestId: string };
