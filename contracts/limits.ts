/** Every number the product promises or enforces, each with its reason. Shared by the browser, Next and the worker. */
export const limits = {
  /** Notices above a read mark that are left out of the unread count; a badge shows 99+ long before. */
  noticesCounted: 500,
  /** Unread mentions that a list names of each conversation; more of them are not stepped through one by one. */
  mentionsCounted: 100,
  /** Conversations that stay above all others: more would fill a phone's screen, and nothing would be above anything. */
  pinnedConversations: 5,
  /** Larger conversations have no receipts: each member's would be told to all others. As Telegram has it. */
  receiptMembers: 100,
  /** Conversations of which one frame of a device says how far it has received them. */
  deliveredAtOnce: 200,
  /** Conversations of which the list shows whether my last message was received. */
  receiptsListed: 200,
  /** Messages pinned in one conversation: a list that one still looks through. */
  pinnedMessages: 50,
  /** Messages starred by one person; they are counted at each star. */
  starredMessages: 2_000,
  /** Messages of one conversation that a person deleted for themselves; clients load their numbers with it. */
  hiddenMessages: 5_000,
  /** Unread messages that were deleted by their reader and are left out of the count. */
  hiddenCounted: 500,
  /** Folders of one person for their conversations: tabs that one still finds one's way in; their names stay short tabs. */
  folders: 20,
  folderName: { max: 20 },
  /** Drafts of one person, which every device loads: in the worst case 40 KB each. */
  drafts: 100,
  /** Bytes of a draft that its event carries: the rest of a notification is its frame. A device asks for a longer one. */
  draftEventBytes: 6_000,
  /** Voice messages of one conversation of which it is known that a person has played them; older ones count as played. */
  heardVoices: 1_000,
  /** UTF-16 units: a sentence that one remembers. */
  searchQuery: { max: 200 },
  /** Tokens of a query that are looked up; the rest is only compared. */
  searchedTokens: 12,
  /** Conversations and senders that one search names. */
  searchedConversations: 50,
  searchedSenders: 20,
  /** Times of one question for their places: the days of six weeks, and the end of the last. */
  positionsAtOnce: 43,
  /** Results up to which their counts are compared word for word. */
  searchCounted: 500,
  /** Messages that are starred or deleted in one call. */
  markedAtOnce: 100,
  /** Long enough for any name in use, short enough for one line on a phone. */
  handle: { min: 3, max: 32 },
  displayName: { max: 40 },
  /** argon2id takes any length; 8 is the common floor, 200 keeps a hash from becoming a workload. */
  password: { min: 8, max: 200 },
  /** Seconds after sending within which a message can be recalled. */
  recallSeconds: 120,
  /** Seconds after sending within which a message can be edited: a day. */
  editSeconds: 86_400,
  /** Earlier versions of one message that are kept; a correction takes a few. */
  edits: 50,
  /** Different emoji on one message. */
  reactions: 20,
  /** Ids that a reaction on the wire names. */
  reactors: 3,
  bio: { max: 140 },
  email: { max: 254 },
  requestNote: { max: 100 },
  joinQuestion: { max: 100 },
  /** Links of one community that are not revoked; what one can still look through. */
  invites: 100,
  inviteLabel: { max: 40 },
  /** The longest time and the most uses that a link with an end has: a year, and a full large community. */
  inviteSeconds: 31_536_000,
  inviteUses: 100_000,
  alias: { max: 40 },
  communityName: { max: 40 },
  communityDescription: { max: 400 },
  /** WeChat's and the seed's scale; membership lists are read whole. */
  communityMembers: 500,
  /** Roles of a community's own: a list that one orders by hand. */
  communityRoles: 20,
  roleName: { max: 20 },
  banReason: { max: 200 },
  /** The longest pause between two messages of a member: a day. */
  slowSeconds: 86_400,
  /** People who decide requests to join and are told of each; others of them read it with the next loading of the list. */
  deciders: 50,
  /** The seed allows five communities a person; COMMUNITIES_PER_PERSON overrides it. */
  communitiesPerPerson: 5,
  friends: 5_000,
  /** The most people for whom one connection receives presence. */
  watchedFriends: 1_000,
  /** Code points, up to four bytes each. */
  messageText: { max: 10_000 },
  /** UTF-16 units of a text that its preview is made from: enough for a line of the longest graphemes in use. */
  previewedUnits: 600,
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
  /** Tabs of one browser share one; this is for machines. Counted at the sign-in, whatever is subscribed after it. */
  socketsPerPerson: 20,
  /** A connection costs a worker about 20 KB: half a gigabyte. WORKER_CONNECTIONS overrides it. */
  socketsPerWorker: 20_000,
  /**
   * A school or an office behind one address has a few hundred open; a machine that opens more means harm.
   * WORKER_CONNECTIONS_PER_ADDRESS overrides it.
   */
  socketsPerAddress: 500,
  /** The first frame after the handshake takes a client two round trips; who says nothing is no client of ours. */
  settleSeconds: 10,
  /**
   * Frames of one socket, each begun 4 KiB counted as one more. A page that comes back subscribes to all its channels
   * at once, 500 at most, and signs in; a hand that writes makes a few a second. WORKER_FRAMES_PER_SECOND overrides the
   * rate.
   */
  socketFrames: { perSecond: 100, burst: 1_000, bytes: 4_096 },
  /** Pictures of one album: what WeChat and Telegram show in one grid. */
  album: 9,
  caption: { max: 1_000 },
  /** Messages of one call, what one selects by hand; conversations that each get all of them. */
  forward: { messages: 100, targets: 20 },
  /** Messages of one person that wait for their time, as Telegram has it for one chat; all are listed at once. */
  scheduledMessages: 100,
  /** As far ahead as a message can be scheduled: a birthday. */
  scheduledDays: 366,
  /** What a person adds to a report. */
  reportNote: { max: 500 },
  /**
   * A merged forward: bytes of its messages as JSON, more than a hundred long ones in use; records inside records; what
   * its bubble shows.
   */
  record: { bytes: 262_144, depth: 5, lines: 4 },
  /** As WeChat and the seed: longer is a file. */
  voiceSeconds: { min: 1, max: 60 },
  voicePeaks: 64,
  linkAddress: { max: 2_048 },
  cardTitle: { max: 200 },
  cardText: { max: 500 },
  locationName: { max: 100 },
  fileName: { max: 255 },
  /**
   * Bytes of one file, by what it is meant as. A minute of speech is a third of a megabyte; 2 GB is Telegram's limit.
   */
  fileBytes: {
    image: 30_000_000,
    video: 500_000_000,
    voice: 3_000_000,
    file: 2_000_000_000,
    avatar: 10_000_000,
    icon: 10_000_000,
    sticker: 512 * 1024,
  },
  /**
   * What a panel shows at once without a search. `side` in pixels: what 256 of a fine screen need, twice. Made anew
   * from its pixels a sticker may weigh more than what was sent; `servedBytes` is what readers are asked to fetch for
   * it at most.
   */
  stickers: {
    assets: 120,
    fileName: 100,
    packId: 40,
    packName: 40,
    label: 40,
    madePacks: 20,
    installedPacks: 50,
    favourites: 200,
    side: 512,
    servedBytes: 2 * 1024 * 1024,
  },
  /** S3 takes nothing smaller than 5 MB but a last part, and 10,000 parts. */
  partBytes: 8 * 1024 * 1024,
  /** Enough for today's cameras; larger pictures are decompression bombs or scans. Animations count every frame. */
  picturePixels: { still: 60_000_000, animated: 120_000_000 },
  /** Longest sides of what is served of a picture. */
  pictureSides: { original: 8_192, display: 2_048, thumb: 480 },
  /** What is not finished by then begins anew. */
  uploadHours: 24,
  /** A signed address outlives a slow download's beginning, not a day. */
  fileAddressSeconds: 900,
  /**
   * Of a film or a voice: longer than it is watched with pauses. Whether its reader may read it is asked at each use.
   */
  recordingAddressSeconds: 43_200,
  /**
   * So long the media server believes that a person may read a file, and a browser keeps what it got without asking;
   * both together are the minute after which who was removed gets nothing more.
   */
  fileReadingSeconds: 30,
  mentions: 50,
  /** Communities that a profile names; the rest are counted. */
  commonCommunities: 20,
  /** Bytes of JSON: a custom message is a card, not a document. */
  customPayloadBytes: 8_192,
  /** Arrays and objects inside each other; readers that recurse have room for more. */
  customPayloadDepth: 32,
  customType: { max: 100 },
  /** Telegram's sizes: what is read at one look, and fits into one event. */
  poll: { options: { min: 2, max: 12 }, question: { max: 300 }, option: { max: 100 }, explanation: { max: 200 } },
  /** `shown`: in the bubble, and so in each event. All entries of one are numbered when it changes. */
  signup: { entries: 500, perPerson: 10, shown: 5, title: { max: 100 }, note: { max: 500 }, entry: { max: 200 } },
  /** The results of a poll or sign-up are told at most so often: each time to all members. */
  resultsMs: 1_000,
  /** Answers of one person to polls and sign-ups of one conversation that its devices load: the last ones. */
  ownAnswers: 1_000,
  /** WeChat's sizes; the amount of one share in cents. */
  redPacket: { shares: 100, greeting: 25, shareMin: 1, shareMax: 20_000, hours: 24 },
  sessionDays: 30,
  sessionsListed: 100,
} as const;
