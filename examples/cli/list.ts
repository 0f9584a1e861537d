import type { Command } from "#examples/cli/command.ts";

/** One line each: id, unread messages, name, the last message; with tabs between, for other programs. */
export const list: Command = async ({ enter }) => {
  const api = await enter();
  const { conversations } = await api.conversations.list.query();
  for (const { id, lastSeq, lastReadSeq, unreadNotices, peer, community, lastMessage } of conversations) {
    const name = peer?.displayName ?? community?.name ?? "";
    console.log([id, lastSeq - lastReadSeq - unreadNotices.length, name, lastMessage?.preview ?? ""].join("\t"));
  }
};
