/**
 * Every way the product says no: reason → code. The sentences stand in `locales/*.json` under `refusals.<reason>`;
 * a test checks that each language has each reason.
 */
export const refusals = {
  unauthenticated: "UNAUTHORIZED",
  invalid_credentials: "UNAUTHORIZED",
  not_found: "NOT_FOUND",
  forbidden: "FORBIDDEN",
  origin_not_allowed: "FORBIDDEN",
  rate_limited: "TOO_MANY_REQUESTS",
  invalid_input: "BAD_REQUEST",
  invalid_id: "BAD_REQUEST",
  text_empty: "BAD_REQUEST",
  text_too_long: "BAD_REQUEST",
  invalid_characters: "BAD_REQUEST",
  invalid_handle: "BAD_REQUEST",
  handle_taken: "CONFLICT",
  invalid_mobile: "BAD_REQUEST",
  invalid_email: "BAD_REQUEST",
  password_too_short: "BAD_REQUEST",
  password_too_long: "BAD_REQUEST",
  invalid_icon: "BAD_REQUEST",
  password_weak: "BAD_REQUEST",
  incorrect_password: "FORBIDDEN",
  invalid_socket_id: "BAD_REQUEST",
  invalid_channel: "BAD_REQUEST",
  cannot_target_self: "BAD_REQUEST",
  already_friends: "CONFLICT",
  request_not_found: "NOT_FOUND",
  not_friends: "FORBIDDEN",
  /** They blocked me; said as plainly as it can be without naming it. */
  recipient_refuses: "FORBIDDEN",
  blocked_by_me: "FORBIDDEN",
  friends_limit_reached: "CONFLICT",
  client_id_reused: "CONFLICT",
  conversation_closed: "FORBIDDEN",
  /** An admin took the word from me; `retryAfter` in seconds, where it ends. */
  muted: "FORBIDDEN",
  /** Only people who may mute write. */
  muted_all: "FORBIDDEN",
  /** My last message is too new; `retryAfter` in seconds. */
  slow_mode: "TOO_MANY_REQUESTS",
  invalid_emoji: "BAD_REQUEST",
  /** More than two minutes ago. */
  recall_expired: "FORBIDDEN",
  /** More than a day ago. */
  edit_expired: "FORBIDDEN",
  edits_limit_reached: "CONFLICT",
  /** Another device of the sender edited the message meanwhile. */
  edit_conflict: "CONFLICT",
  reactions_limit_reached: "CONFLICT",
  pinned_conversations_limit_reached: "CONFLICT",
  pinned_messages_limit_reached: "CONFLICT",
  starred_messages_limit_reached: "CONFLICT",
  hidden_messages_limit_reached: "CONFLICT",
  folders_limit_reached: "CONFLICT",
  drafts_limit_reached: "CONFLICT",
  /** A time that is past, or too far away. */
  invalid_send_time: "BAD_REQUEST",
  scheduled_messages_limit_reached: "CONFLICT",
  poll_closed: "FORBIDDEN",
  /** A quiz takes one vote of each. */
  vote_is_final: "FORBIDDEN",
  signup_closed: "FORBIDDEN",
  already_signed_up: "CONFLICT",
  signup_entries_limit_reached: "CONFLICT",
  invalid_address: "BAD_REQUEST",
  invalid_type: "BAD_REQUEST",
  file_empty: "BAD_REQUEST",
  file_too_large: "BAD_REQUEST",
  quota_exceeded: "FORBIDDEN",
  storage_limit_reached: "SERVICE_UNAVAILABLE",
  file_id_reused: "CONFLICT",
  upload_incomplete: "CONFLICT",
  checksum_mismatch: "BAD_REQUEST",
  file_not_ready: "CONFLICT",
  file_not_found: "CONFLICT",
  unsupported_file_type: "BAD_REQUEST",
  heic_unsupported: "BAD_REQUEST",
  picture_too_large: "BAD_REQUEST",
  file_corrupt: "BAD_REQUEST",
  voice_too_long: "BAD_REQUEST",
  no_preview: "CONFLICT",
  address_not_in_text: "BAD_REQUEST",
  invalid_pack: "BAD_REQUEST",
  sticker_too_large: "BAD_REQUEST",
  packs_limit_reached: "CONFLICT",
  favourites_limit_reached: "CONFLICT",
  payload_too_large: "BAD_REQUEST",
  /** Too many bytes for one merged forward, or records inside records. */
  record_too_large: "BAD_REQUEST",
  invalid_payload: "BAD_REQUEST",
  invalid_amount: "BAD_REQUEST",
  invalid_shares: "BAD_REQUEST",
  packet_too_large: "BAD_REQUEST",
  packet_too_small: "BAD_REQUEST",
  not_divisible: "BAD_REQUEST",
  not_recipient: "FORBIDDEN",
  insufficient_balance: "CONFLICT",
  communities_limit_reached: "CONFLICT",
  community_limit_reached: "CONFLICT",
  /** I am kept out. */
  community_banned: "FORBIDDEN",
  roles_limit_reached: "CONFLICT",
  role_not_found: "NOT_FOUND",
  invites_limit_reached: "CONFLICT",
  already_member: "CONFLICT",
  owner_must_transfer: "CONFLICT",
  unavailable: "SERVICE_UNAVAILABLE",
  internal_error: "INTERNAL_SERVER_ERROR",
} as const;

export type Reason = keyof typeof refusals;
// The table is written out above, so its keys are just these.
export const reasons = Object.keys(refusals) as [Reason, ...Reason[]];
export const isReason = (text: string): text is Reason => Object.hasOwn(refusals, text);

/** What every error over tRPC carries in `data`. */
export type RefusalData = { reason: Reason; params: Record<string, string | number>; requestId: string };
