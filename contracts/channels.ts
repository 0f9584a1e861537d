/** Channel names are built and read here only. */

/** Always the signed-in person's own; the one channel of the chat. */
export const inboxChannel = "private-inbox";

/** Where a member says what concerns one conversation and is not stored: `client-typing`. */
const conversationChannelPrefix = "private-conversation-";
export const conversationChannel = (conversationId: string) => `${conversationChannelPrefix}${conversationId}`;
export function conversationOf(channel: string): string | null {
  return channel.startsWith(conversationChannelPrefix) ? channel.slice(conversationChannelPrefix.length) : null;
}

const userChannelPrefix = "#server-to-user-";
export const userChannel = (personId: string) => `${userChannelPrefix}${personId}`;

/** What the Pusher protocol allows in a channel name; `#` is reserved for the user channel. */
const legal = /^[A-Za-z0-9_\-=@,.;]{1,164}$/;
export const isChannelName = (name: string) => legal.test(name);
/** What others have created under a longer limit is still accepted in a subscription. */
const accepted = /^[A-Za-z0-9_\-=@,.;]{1,200}$/;
/** Two numbers and a dot. Validated before anything is signed: the string to sign is built from it. */
export const isSocketId = (socketId: string) => /^[0-9]{1,20}\.[0-9]{1,20}$/.test(socketId);

export type ChannelKind = "public" | "private" | "encrypted" | "presence" | "user";

/** What a channel name says about who may listen; null for a name that cannot be subscribed. */
export function kindOf(channel: string): ChannelKind | null {
  if (channel.startsWith(userChannelPrefix)) return channel.length > userChannelPrefix.length ? "user" : null;
  if (!accepted.test(channel)) return null;
  if (channel.startsWith("private-encrypted-")) return "encrypted";
  if (channel.startsWith("private-")) return "private";
  return channel.startsWith("presence-") ? "presence" : "public";
}

/** A new subscriber of such a channel receives its last event. */
export const isCacheChannel = (channel: string) => /^(private-encrypted-|private-|presence-)?cache-/.test(channel);
