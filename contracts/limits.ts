/** Every number the product promises or enforces, each with its reason. Shared by the browser, Next and the worker. */
export const limits = {
  /** Long enough for any name in use, short enough for one line on a phone. */
  handle: { min: 3, max: 32 },
  displayName: { max: 40 },
  /** argon2id takes any length; 8 is the common floor, 200 keeps a hash from becoming a workload. */
  password: { min: 8, max: 200 },
  memo: { max: 140 },
  email: { max: 254 },
  requestNote: { max: 100 },
  remark: { max: 40 },
  communityName: { max: 40 },
  communityMemo: { max: 400 },
  /** One emoji may be a sequence of many code points (families, flags). */
  communityIcon: { max: 16 },
  /** WeChat's and the seed's scale; membership lists are read whole. */
  communityMembers: 500,
  /** The seed allows five communities a person; COMMUNITIES_PER_PERSON overrides it. */
  communitiesPerPerson: 5,
  friends: 5_000,
  /** Whose presence one connection is told. */
  watchedFriends: 1_000,
  /** Code points, up to four bytes each. */
  messageText: { max: 10_000 },
  /** Messages in one page of history. */
  page: { default: 50, max: 100 },
  /** Rows in one answer of changesSince, and the distance after which opening afresh is cheaper. */
  changes: { page: 100, reset: 500 },
  peopleAtOnce: 100,
  /** NOTIFY refuses 8,000 bytes; the rest is room for the envelope's brackets. */
  notifyBytes: 7_900,
  /** A ticket outlives a reconnect storm but not a lunch break. */
  ticketSeconds: 300,
  /** Workers renew every few seconds; presence is right again this long after one was killed. */
  workerLeaseSeconds: 12,
  /** Tabs of one browser share one; this is for machines. */
  socketsPerPerson: 20,
  sessionDays: 30,
  sessionsListed: 100,
} as const;
