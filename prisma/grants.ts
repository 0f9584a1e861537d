/**
 * What the roles of the three processes may do, and nothing else. `npm run db:deploy` makes the database agree with it after
 * the migrations; `tests/scripts/grants.test.ts` compares it with the database and with the statements of each process. A new
 * table, sequence or function is named here, also when no role may use it: `{}`.
 *
 * `select … for update` and its kin need `update` of one column; `on conflict do update` and `returning` need `select`.
 * Triggers, foreign keys and cascades run with the rights of the owner.
 */
export type Role = "web" | "worker" | "jobs";
export type Grants = Record<string, Partial<Record<Role, string>>>;

/** What everybody may know of a person, and what numbers their changes. No password, number or address. */
const shown = "id, number, handle, display_name, gender, bio, avatar_seed, avatar_id, version, rev";

export const tables: Grants = {
  _prisma_migrations: {},
  people: {
    web: "select, insert, update",
    worker: `select (${shown}, shares_receipts, presence_for), update (rev)`,
    jobs: `select (${shown}), update (rev)`,
  },
  sessions: {
    web: "select, insert, update, delete",
    worker: "select (id, person_id, expires_at, revoked_at)",
    jobs: "select (id, person_id, expires_at, revoked_at)",
  },
  friendships: { web: "select, insert, update", worker: "select", jobs: "select" },
  friend_requests: { web: "select, insert, update" },
  blocks: { web: "select, insert, delete", worker: "select", jobs: "select" },
  conversations: {
    web: "select, insert, update",
    worker: "select, update (last_seq, rev, last_message_at)",
    jobs: "select, update (last_seq, rev, metadata_rev, member_count, last_message_at, closed_at)",
  },
  communities: { web: "select, insert, update", worker: "select", jobs: "select" },
  community_roles: {
    web: "select, insert, update (name, colour, permissions, position), delete",
    worker: "select",
    jobs: "select",
  },
  // Read by people with the owner's rights alone; written once.
  community_actions: { web: "insert", worker: "insert" },
  community_join_requests: { web: "select, insert, update", worker: "select", jobs: "select" },
  community_bans: { web: "select, insert, update (created_at, reason, until, by_id), delete" },
  community_invites: { web: "select, insert, update (uses, revoked_at)" },
  community_invite_uses: { web: "select, insert, update (used_at)" },
  memberships: {
    web: "select, insert, update",
    worker: "select, update (last_read_seq, last_read_at, slow_sent_at)",
    jobs: "select, update (last_read_seq, slow_sent_at)",
  },
  conversation_settings: {
    web: "select, insert, update, delete",
    worker: "select, insert, update",
    jobs: "select, insert, update",
  },
  receipts: { web: "select, delete", worker: "select, insert, update" },
  mentions: { web: "select, insert, delete", worker: "select, insert, delete", jobs: "select, insert" },
  messages: {
    web: "select, insert, update (rev, kind, content, preview, reactions, changed_at, edited_at, pinned_at)",
    worker: "select, insert, update (rev, kind, content, preview, reactions, changed_at, edited_at, pinned_at)",
    // It tells the results of polls.
    jobs: "select, insert, update (rev, content, changed_at)",
  },
  message_reactions: { web: "select, insert, update, delete", worker: "select, insert, update, delete" },
  message_edits: { web: "select, insert, delete", worker: "select, insert, delete" },
  // Read by those who moderate, who are no role yet.
  message_reports: { web: "select, insert", worker: "select, insert" },
  message_records: { web: "select, insert, delete", worker: "select, insert, delete" },
  hidden_messages: { web: "select, insert, delete", worker: "select, insert, delete", jobs: "select" },
  message_search: { web: "select", jobs: "select, insert, update, delete" },
  search_indexed: { jobs: "select, insert, update" },
  search_queue: { web: "select", jobs: "select, insert, update (created_at), delete" },
  starred_messages: { web: "select, insert, delete", worker: "select, insert, delete" },
  heard_voices: { web: "select, insert, delete", worker: "select, insert, delete" },
  message_results: {
    web: "select, insert, update, delete",
    worker: "delete, select (conversation_id, seq)",
    jobs: "select, update (published_at, publish_due)",
  },
  quiz_answers: {
    web: "select, insert, delete",
    worker: "insert, delete, select (conversation_id, seq)",
    jobs: "insert",
  },
  // What I answered is read with my marks; a recall deletes all.
  poll_votes: { web: "select, insert, update, delete", worker: "select, delete" },
  poll_choices: { web: "select, insert, delete", worker: "delete, select (conversation_id, seq)" },
  signup_entries: { web: "select, insert, update (text), delete", worker: "select, delete", jobs: "select" },
  folders: { web: "select, insert, update, delete" },
  folder_conversations: { web: "select, insert, delete" },
  drafts: { web: "select, insert, update, delete", worker: "select, insert, update, delete" },
  scheduled_messages: { web: "select, insert, update, delete", jobs: "select, update (failure, version), delete" },
  scheduled_files: { web: "select, insert, delete", jobs: "select" },
  rate_limits: {
    web: "select, insert, update, delete",
    worker: "select, insert, update, delete",
    jobs: "select, insert, update",
  },
  notify_outbox: { web: "select, insert, delete", worker: "select, insert, delete", jobs: "select, insert, delete" },
  last_seen: { web: "select", worker: "select, insert, update" },
  realtime_workers: { worker: "select, insert, update, delete" },
  presence: { worker: "select, insert, update, delete" },
  cached_events: { worker: "select, insert, update" },
  oversized_events: { worker: "select, insert, update, delete" },
  webhook_deliveries: { worker: "select, insert, update, delete" },
  media_blobs: {
    web: "select, update (media_kind)",
    worker: "select",
    jobs: "select, insert, update (media_kind), delete",
  },
  files: { web: "select, insert, update, delete", worker: "select", jobs: "select, insert, update, delete" },
  upload_parts: { web: "select, insert, update (etag), delete", jobs: "select, insert, update (etag), delete" },
  attachments: {
    web: "select, insert, delete",
    worker: "select, insert, delete",
    jobs: "select, insert",
  },
  sticker_packs: { web: "select, insert", worker: "select", jobs: "select, insert, update" },
  stickers: { web: "select, insert", worker: "select", jobs: "select, insert, update" },
  person_sticker_packs: { web: "select, insert, delete", worker: "select", jobs: "select" },
  favourite_stickers: { web: "select, insert, delete", worker: "select", jobs: "select" },
  link_previews: { web: "select, insert, update (fetched_at)", worker: "select", jobs: "select, update" },
  wallets: { web: "select, insert, update (balance)", jobs: "select, update (balance)" },
  // Written once; no role changes or deletes a transfer.
  ledger_entries: { web: "select, insert", jobs: "select, insert" },
  red_packets: { web: "select, insert", jobs: "select" },
  red_packet_shares: {
    web: "select, insert, update (person_id, taken_at)",
    jobs: "select, update (taken_at)",
  },
};

export const sequences: Grants = {
  im_numbers: { web: "usage" },
  notify_outbox_id_seq: { web: "usage", worker: "usage", jobs: "usage" },
  oversized_events_id_seq: { worker: "usage" },
  webhook_deliveries_id_seq: { worker: "usage" },
  presence_versions: { worker: "usage" },
  search_queue_id_seq: { jobs: "usage" },
  community_actions_id_seq: { web: "usage", worker: "usage" },
  ledger_entries_id_seq: { web: "usage", jobs: "usage" },
};

/** By name, whatever they take. Who asks for a job needs no more than `add_job_as_owner`. */
export const functions: Grants = {
  next_im_number: { web: "execute" },
  // A scheduled message is sent by a job.
  write_refusal: { web: "execute", worker: "execute", jobs: "execute" },
  community_rights: { web: "execute", worker: "execute", jobs: "execute" },
  send_messages: { web: "execute", worker: "execute", jobs: "execute" },
  message_positions: { web: "execute" },
  search_keys: { web: "execute", jobs: "execute" },
  send_plain_messages: { worker: "execute" },
  update_presence: { worker: "execute" },
  presence_online: { web: "execute", worker: "execute" },
  open_wallet: { web: "execute" },
  wallet_transfer: { web: "execute", jobs: "execute" },
  open_red_packet: { web: "execute" },
  refund_red_packet: { jobs: "execute" },
  add_job_as_owner: { web: "execute", jobs: "execute" },
  // Called by triggers.
  check_transfer_sum: {},
  forbid_entry_changes: {},
  forbid_conversation_delete: {},
  update_may_write: {},
  queue_for_search: {},
};

/** graphile-worker's own schema, with tables that the library may change: the jobs role has all of their rows, and no DDL. */
export const queue = { schema: "graphile_worker", role: "jobs" } as const;
