import { kindOf, userChannel } from "#contracts/channels.ts";
import { isBlank } from "#contracts/pusher.ts";
import { type AppSettings, appLimits, isSigned } from "#realtime/pusher/settings.ts";

/**
 * The member that a presence subscription adds. `info` is the text of JSON that the backend signed, sent to the other
 * members.
 */
export type Member = { userId: string; info: string };
export type User = { id: string; info: string | undefined; watchlist: string[]; userData: string };

export type SubscriptionRefusal = { type: "AuthError" | "LimitReached"; error: string; status: number };
export type SubscriptionRequest = { channel: string; auth?: string | undefined; channel_data?: string | undefined };

const unauthorized = (error: string): SubscriptionRefusal => ({ type: "AuthError", error, status: 401 });

/**
 * Decides whether this socket may subscribe. The kind of channel decides what is needed: nothing, a signature over
 * socket, channel and `channel_data`, or a sign-in as exactly that user.
 */
export function authorizeSubscription(
  app: AppSettings,
  socketId: string,
  user: User | null,
  { channel, auth = "", channel_data }: SubscriptionRequest,
): { member: Member | null } | SubscriptionRefusal {
  const kind = kindOf(channel);
  if (kind === null) {
    return channel.length > 200
      ? { type: "LimitReached", error: "the channel name is too long", status: 4009 }
      : unauthorized("the channel name is not legal");
  }
  if (kind === "public") return { member: null };
  if (kind === "user") {
    return user && channel === userChannel(user.id) ? { member: null } : unauthorized("this channel is not yours");
  }
  const text = channel_data === undefined ? `${socketId}:${channel}` : `${socketId}:${channel}:${channel_data}`;
  if (!isSigned(app, auth, text)) return unauthorized("the signature is not valid");
  if (kind !== "presence") return { member: null };
  const member = channel_data === undefined ? memberOf(user) : readMember(channel_data, user);
  if (!member) return unauthorized("a presence channel needs channel_data with a user_id");
  if (user && member.userId !== user.id) return unauthorized("signed in as another user");
  if (Buffer.byteLength(member.info) > appLimits.userInfoBytes) {
    return { type: "LimitReached", error: "user_info is larger than 1 KB", status: 4301 };
  }
  return { member };
}

const memberOf = (user: User | null): Member | null => (user ? { userId: user.id, info: user.info ?? "" } : null);

/**
 * `user_info` is passed on unchanged, as text of JSON. Data without a user id, such as "null" or "{}", mean the
 * signed-in user.
 */
function readMember(channelData: string, user: User | null): Member | null {
  const read = parseObject(channelData);
  if (!read || isBlank(read.user_id)) return memberOf(user);
  const userId = idOf(read.user_id);
  return userId === null ? null : { userId, info: infoOf(read.user_info) ?? "" };
}

const infoOf = (info: unknown) => (isBlank(info) ? undefined : JSON.stringify(info));

/** No control characters: Postgres refuses U+0000, and ids do not need the others. */
const isPlain = (id: string) => ![...id].some((character) => character < " " || character === "\u007f");

/**
 * A string, or a whole number, which is treated as its digits everywhere: `7` and `"7"` are one user, sent as `"7"`.
 * Beyond 2^53 two different numbers could become one, so larger ids must be strings.
 */
function idOf(value: unknown): string | null {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === "string" && id !== "" && id.length <= appLimits.userIdLength && isPlain(id) ? id : null;
}

/** The user in `user_data`; null when it has no id. pusher-js itself drops an `id` that is a number. */
export function readUser(userData: string): (User & { watchlistTruncated: boolean }) | null {
  const read = parseObject(userData);
  const id = idOf(read?.id);
  if (!read || id === null) return null;
  const watchlist = Array.isArray(read.watchlist) ? read.watchlist.flatMap((one) => idOf(one) ?? []) : [];
  return {
    id,
    info: infoOf(read.user_info),
    watchlist: watchlist.slice(0, appLimits.watchlist),
    watchlistTruncated: watchlist.length > appLimits.watchlist,
    userData,
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
