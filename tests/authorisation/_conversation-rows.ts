/** What concerns a conversation. */
import { randomUUID } from "node:crypto";
import { everyoneId } from "#contracts/messages/kinds/text.ts";
import { everyone, inside, none, ownerOnly, type Row, row } from "#tests/authorisation/_row.ts";
import { type Actor, tomorrow, type World } from "#tests/authorisation/_world.ts";

const text = (text: string) => ({ kind: "text" as const, text });
const own = ({ communityId, seqOf }: World, actor: Actor) => ({ conversationId: communityId, seq: seqOf[actor] });
/** The member's for the owner, the owner's for all others. */
const foreign = ({ communityId, seqOf }: World, actor: Actor) => ({
  conversationId: communityId,
  seq: actor === "owner" ? seqOf.member : seqOf.owner,
});
const recalled = ({ communityId, recalledSeq }: World) => ({ conversationId: communityId, seq: recalledSeq });
const poll = ({ communityId, pollSeq }: World) => ({ conversationId: communityId, seq: pollSeq });
const missing = ({ communityId }: World) => ({ conversationId: communityId, seq: 1_000_000 });
const conversation = ({ communityId }: World) => ({ conversationId: communityId });
const nowhere = () => ({ conversationId: randomUUID() });
const elsewhere = ({ friendConversationId }: World) => ({ conversationId: friendConversationId });
/** In the friend's conversation, which the owner alone is in. */
const friendsOnly = "– × × × × × ✓";

/** What the owner alone has: others are told what is told of what does not exist. */
const ownersOwn = friendsOnly;

const conversations: Row[] = [
  row("conversations.list", "mine", everyone),
  row("conversations.heads", "mine", everyone),
  row("conversations.notes", "mine", everyone),
  row("conversations.drafts", "mine", everyone),
  row("conversations.folders", "mine", everyone),
  row("conversations.createFolder", "mine", everyone, () => ({ folderId: randomUUID(), name: "Work" })),
  row("conversations.renameFolder", "the owner's", ownersOwn, ({ folderId }) => ({ folderId, name: "Work" })),
  row("conversations.deleteFolder", "the owner's, which stays for others", everyone, ({ folderId }) => ({ folderId })),
  row("conversations.orderFolders", "the owner's, which stay for others", everyone, ({ folderId }) => ({
    folderIds: [folderId],
  })),
  row("conversations.fileConversation", "the owner's", ownersOwn, (world) => ({
    ...conversation(world),
    folderId: world.folderId,
    inside: true,
  })),
  row("conversations.fileConversation", "none", none, ({ folderId }) => ({ ...nowhere(), folderId, inside: true })),
  ...(
    [
      ["conversations.get", {}],
      ["conversations.changesSince", { rev: 0 }],
      ["conversations.markRead", { seq: 1 }],
      ["conversations.configure", { archived: true }],
      ["conversations.saveDraft", { text: "unsent", replyTo: null }],
      ["messages.page", {}],
      ["messages.receipts", {}],
      ["messages.marks", {}],
      ["messages.pinned", {}],
      ["messages.media", { of: "pictures" }],
    ] as const
  ).flatMap(([path, more]) => [
    row(path, "the community", inside, (world) => ({ ...conversation(world), ...more })),
    row(path, "another conversation", friendsOnly, (world) => ({ ...elsewhere(world), ...more })),
    row(path, "none", none, () => ({ ...nowhere(), ...more })),
  ]),
];

const sending = (where: (world: World) => { conversationId: string }) => (world: World) => ({
  ...where(world),
  clientId: randomUUID(),
  content: text("hello"),
});

const later = (where: (world: World) => { conversationId: string }) => (world: World) => ({
  ...sending(where)(world),
  sendAt: tomorrow(),
});

const forwarding = { clientId: randomUUID(), as: "each", showSource: true };
const out = ({ seqOf, friendConversationId }: World) => ({ seqs: [seqOf.owner], targets: [friendConversationId] });

const messages: Row[] = [
  row("messages.send", "the community", inside, sending(conversation)),
  row("messages.send", "another conversation", friendsOnly, sending(elsewhere)),
  row("messages.send", "none", none, sending(nowhere)),
  row("messages.send", "a reply to what is recalled", "– × × × × ✓ ✓", (world) => ({
    ...conversation(world),
    clientId: randomUUID(),
    content: { ...text("yes"), replyTo: world.recalledSeq },
  })),
  row("messages.lastReceipts", "mine", everyone),
  row("messages.information", "own", inside, own),
  row("messages.information", "foreign", inside, foreign),
  row("messages.information", "recalled", inside, recalled),
  row("messages.information", "missing", none, missing),
  row("messages.recall", "own", inside, own),
  row("messages.recall", "foreign, which the owner may", ownerOnly, foreign),
  row("messages.recall", "recalled", "– × × × × forbidden ✓", recalled),
  row("messages.recall", "missing", none, missing),
  row("messages.edit", "own", inside, (world, actor) => ({ ...own(world, actor), text: "new", editedAt: null })),
  row("messages.edit", "foreign", "– × × × × forbidden forbidden", (world, actor) => ({
    ...foreign(world, actor),
    text: "new",
    editedAt: null,
  })),
  row("messages.edit", "recalled", "– × × × × forbidden forbidden", (world) => ({
    ...recalled(world),
    text: "new",
    editedAt: null,
  })),
  row("messages.edit", "missing", none, (world) => ({ ...missing(world), text: "new", editedAt: null })),
  row("messages.edits", "own", inside, own),
  row("messages.edits", "foreign", inside, foreign),
  row("messages.edits", "missing", none, missing),
  row("messages.react", "foreign", inside, (world, actor) => ({
    ...foreign(world, actor),
    emoji: "👍",
    reacted: true,
  })),
  row("messages.react", "recalled", "– × × × × forbidden forbidden", (world) => ({
    ...recalled(world),
    emoji: "👍",
    reacted: true,
  })),
  row("messages.forward", "the community's", inside, (world) => ({
    ...forwarding,
    ...conversation(world),
    ...out(world),
  })),
  row("messages.forward", "recalled", none, (world) => ({
    ...forwarding,
    ...conversation(world),
    ...out(world),
    seqs: [world.recalledSeq],
  })),
  row("messages.forward", "missing", none, (world) => ({ ...forwarding, ...nowhere(), ...out(world) })),
  row("messages.record", "of what is no record", none, foreign),
  row("messages.report", "foreign", inside, (world, actor) => ({ ...foreign(world, actor), reason: "spam", note: "" })),
  row("messages.report", "missing", none, (world) => ({ ...missing(world), reason: "spam", note: "" })),
  row("messages.pin", "foreign", ownerOnly, (world, actor) => ({ ...foreign(world, actor), pinned: true })),
  row("messages.pin", "recalled", "– × × × × forbidden forbidden", (world) => ({ ...recalled(world), pinned: true })),
  row("messages.pin", "missing", none, (world) => ({ ...missing(world), pinned: true })),
  row("messages.starred", "mine", everyone, () => ({})),
  row("messages.mentioned", "mine", everyone, () => ({})),
  row("messages.positions", "any", inside, ({ communityId }) => ({
    conversationId: communityId,
    times: ["2020-01-01T00:00:00.000Z"],
  })),
  row("messages.search", "in any conversation", everyone, ({ communityId }) => ({ query: "a", in: [communityId] })),
  row("messages.send", "to all members", ownerOnly, (world) => ({
    ...conversation(world),
    clientId: randomUUID(),
    content: { ...text("@all"), mentions: [{ personId: everyoneId, start: 0, length: 4 }] },
  })),
  ...(
    [
      ["messages.star", "starred"],
      ["messages.hide", "hidden"],
    ] as const
  ).flatMap(([path, mark]) => [
    row(path, "foreign", inside, ({ communityId, seqOf }) => ({
      conversationId: communityId,
      seqs: [seqOf.owner],
      [mark]: true,
    })),
    row(path, "missing", none, ({ communityId }) => ({ conversationId: communityId, seqs: [1_000_000], [mark]: true })),
  ]),
  row("messages.hear", "no voice", "– × × × × forbidden forbidden", ({ communityId, seqOf }) => ({
    conversationId: communityId,
    seqs: [seqOf.owner],
  })),
  row("messages.hear", "missing", none, ({ communityId }) => ({ conversationId: communityId, seqs: [1_000_000] })),
  row("messages.schedule", "the community", inside, later(conversation)),
  row("messages.schedule", "another conversation", friendsOnly, later(elsewhere)),
  row("messages.schedule", "none", none, later(nowhere)),
  row("messages.scheduled", "mine", everyone),
  row("messages.reschedule", "the owner's", ownersOwn, ({ scheduledId }) => ({
    clientId: scheduledId,
    sendAt: tomorrow(),
  })),
  row("messages.unschedule", "the owner's", everyone, ({ scheduledId }) => ({ clientId: scheduledId })),
  row("messages.sendScheduled", "the owner's", ownersOwn, ({ scheduledId }) => ({ clientId: scheduledId })),
  // Decided before the kind of the message is looked at.
  ...(
    [
      ["messages.vote", { choices: [0] }],
      ["messages.quizAnswer", {}],
      ["messages.voters", { option: 0 }],
      ["messages.signUp", { entryId: randomUUID(), text: "" }],
      ["messages.removeEntry", { entryId: randomUUID() }],
      ["messages.entries", {}],
      ["messages.closeAnswers", {}],
    ] as const
  ).flatMap(([path, more]) => [
    row(path, "what asks nothing", "– × × × × forbidden forbidden", (world, actor) => ({
      ...foreign(world, actor),
      ...more,
    })),
    row(path, "missing", none, (world) => ({ ...missing(world), ...more })),
  ]),
  row("messages.vote", "the owner's poll", inside, (world) => ({ ...poll(world), choices: [1] })),
  row("messages.voters", "the owner's poll", inside, (world) => ({ ...poll(world), option: 0 })),
  row("messages.closeAnswers", "the owner's poll", ownerOnly, poll),
  row("messages.react", "missing", none, (world) => ({ ...missing(world), emoji: "👍", reacted: true })),
];

const wallet: Row[] = [
  row("wallet.get", "mine", everyone),
  row("wallet.history", "mine", everyone, () => ({})),
  row("wallet.getPacket", "the community's", inside, ({ packetId }) => ({ packetId })),
  row("wallet.openPacket", "the community's", inside, ({ packetId }) => ({ packetId })),
  row("wallet.openPacket", "none", none, () => ({ packetId: randomUUID() })),
  ...(
    [
      ["the community", inside, conversation],
      ["another conversation", friendsOnly, elsewhere],
    ] as const
  ).map(([object, answers, where]) =>
    row("wallet.sendPacket", object, answers, (world) => ({
      ...where(world),
      clientId: randomUUID(),
      split: "equal",
      total: 2,
      shares: 1,
      greeting: "",
    })),
  ),
];

export const conversationRows: Row[] = [...conversations, ...messages, ...wallet];
