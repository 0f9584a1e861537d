import type { QueryKeys } from "#client/realtime/query-keys.ts";

/** Keys of a query cache that no component reads. */
export const queryKeys: QueryKeys = {
  me: ["me"],
  inbox: ["inbox"],
  friends: ["friends"],
  communities: ["communities"],
  members: (id) => ["members", id],
  packet: (id) => ["packet", id],
  scheduled: ["scheduled"],
  drafts: ["drafts"],
  folders: ["folders"],
  receipts: (id: string) => ["receipts", id],
  lastReceipts: ["lastReceipts"],
  information: ["information"],
  timeline: (id) => ["timeline", id],
  quoted: (id, seq) => ["quoted", id, ...(seq === undefined ? [] : [seq])],
  marks: (id) => ["marks", ...(id === undefined ? [] : [id])],
  pinned: (id) => ["pinned", id],
  media: (...of) => ["media", ...of],
  starred: ["starred"],
  mentioned: ["mentioned"],
};
