import { kindOf } from "#contracts/channels.ts";
import { activityTimeout, closeCodes, signinData, subscribeData } from "#contracts/pusher.ts";
import { frame, objectFrame, readFrame } from "#realtime/frames.ts";
import { type AppSettings, appLimits, isSigned } from "#realtime/pusher/settings.ts";
import {
  authorizeSubscription,
  type Member,
  readUser,
  type SubscriptionRefusal,
  type User,
} from "#realtime/pusher/subscription.ts";
import { closeUnauthorized, ErrorBudget, errorReply, type Reply, subscriptionError } from "#realtime/replies.ts";
import { TokenBucket } from "#realtime/token-bucket.ts";

/** What the caller of the session must do. The session itself has no socket and no database. */
export type Effect =
  | Reply
  /** Add the socket to the channel, answer with `subscription_succeeded`, then call `subscribed`. */
  | { type: "join"; channel: string; member: Member | null }
  | { type: "leave"; channel: string; member: Member | null }
  /** The user is signed in: mark them online and send the state of their watchlist. */
  | { type: "online"; user: User }
  /** Send a client event to the channel's other sockets. */
  | { type: "trigger"; channel: string; name: string; data: string; userId: string | undefined };

type Subscription = { member: Member | null; succeeded: boolean };

/** State machine of one socket's Pusher protocol with the rules of pusher.com: frames in, effects out. */
export class PusherSession {
  readonly socketId: string;
  private readonly app: AppSettings;
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly clientEventBudget: TokenBucket;
  private readonly subscribeBudget: TokenBucket;
  private readonly errorBudget = new ErrorBudget();
  user: User | null = null;
  /** True after a valid sign-in or a valid channel signature. */
  isAuthorized = false;

  constructor(socketId: string, app: AppSettings, now = Date.now()) {
    this.socketId = socketId;
    this.app = app;
    this.clientEventBudget = new TokenBucket(10, 20, now);
    this.subscribeBudget = new TokenBucket(50, appLimits.subscriptionsPerSocket, now);
  }

  get channels(): { channel: string; member: Member | null }[] {
    return [...this.subscriptions].map(([channel, { member }]) => ({ channel, member }));
  }

  open(): Effect[] {
    const data = { socket_id: this.socketId, activity_timeout: activityTimeout };
    return [{ type: "send", frame: frame("pusher:connection_established", data) }];
  }

  receive(text: string, now = Date.now()): Effect[] {
    const read = readFrame(text);
    if (!read) return this.errorBudget.reply("the frame is not an event of the Pusher protocol");
    const { event, channel, data } = read;
    if (event === "pusher:ping") return [{ type: "send", frame: objectFrame("pusher:pong", {}) }];
    if (event === "pusher:pong") return [];
    if (event === "pusher:signin") return this.signIn(data);
    if (event === "pusher:subscribe") return this.subscribe(data, now);
    if (event === "pusher:unsubscribe") return this.unsubscribe(data);
    if (event.startsWith("client-")) return this.trigger(event, channel, data, now);
    return this.errorBudget.reply("unknown event");
  }

  isSubscribed(channel: string): boolean {
    return this.subscriptions.has(channel);
  }

  /** The channel has added this socket. */
  subscribed(channel: string): void {
    const subscription = this.subscriptions.get(channel);
    if (subscription) subscription.succeeded = true;
  }

  /** The channel has rejected this socket. */
  refused(channel: string, refusal: SubscriptionRefusal): Effect[] {
    this.subscriptions.delete(channel);
    return [subscriptionError(channel, refusal)];
  }

  private signIn(data: unknown): Effect[] {
    const read = signinData.safeParse(data);
    if (!read.success) return closeUnauthorized("the sign-in has no auth and user_data");
    const { auth, user_data } = read.data;
    if (!isSigned(this.app, auth, `${this.socketId}::user::${user_data}`)) {
      return closeUnauthorized("the sign-in is not valid");
    }
    const user = readUser(user_data);
    if (!user) return closeUnauthorized("user_data has no id");
    if (this.user && this.user.id !== user.id) return closeUnauthorized("signed in as another user");
    const success: Effect = { type: "send", frame: objectFrame("pusher:signin_success", { user_data }) };
    if (this.user) return [success];
    this.user = user;
    this.isAuthorized = true;
    const truncated = errorReply(
      "the watchlist has more than 100 users; the first 100 are watched",
      closeCodes.watchlistLimit,
    );
    return [success, { type: "online", user }, ...(user.watchlistTruncated ? [truncated] : [])];
  }

  private subscribe(data: unknown, now: number): Effect[] {
    const read = subscribeData.safeParse(data);
    if (!read.success) return this.errorBudget.reply("the subscription names no channel");
    if (!this.subscribeBudget.take(now)) {
      return [{ type: "close", code: closeCodes.overCapacity, reason: "too many subscriptions a second" }];
    }
    const { channel } = read.data;
    const known = this.subscriptions.get(channel);
    if (!known && this.subscriptions.size >= appLimits.subscriptionsPerSocket) {
      const error = "too many subscriptions on one connection";
      return [subscriptionError(channel, { type: "LimitReached", error, status: 4100 })];
    }
    const result = authorizeSubscription(this.app, this.socketId, this.user, read.data);
    if ("error" in result) return [subscriptionError(channel, result)];
    if (known && !known.succeeded) return []; // the reply is on its way
    // A repeated subscription gets a reply again, for the same member as before.
    if (known) return [{ type: "join", channel, member: known.member }];
    if (kindOf(channel) !== "public") this.isAuthorized = true;
    this.subscriptions.set(channel, { member: result.member, succeeded: false });
    return [{ type: "join", channel, member: result.member }];
  }

  private unsubscribe(data: unknown): Effect[] {
    const read = subscribeData.safeParse(data);
    if (!read.success) return this.errorBudget.reply("the unsubscription names no channel");
    const { channel } = read.data;
    const known = this.subscriptions.get(channel);
    if (!known) return [];
    this.subscriptions.delete(channel);
    return [{ type: "leave", channel, member: known.member }];
  }

  private trigger(name: string, channel: string | undefined, data: unknown, now: number): Effect[] {
    const forbid = (why: string) => [errorReply(why, closeCodes.clientEventRefused)];
    if (!this.app.clientEvents) return forbid("client events are not enabled for this app");
    const kind = channel === undefined ? null : kindOf(channel);
    if (channel === undefined || (kind !== "private" && kind !== "presence")) {
      return forbid("client events are for private and presence channels");
    }
    const subscription = this.subscriptions.get(channel);
    if (!subscription?.succeeded) return forbid("client events are for subscribers of the channel");
    if (name.length > appLimits.eventName) return forbid("the name of a client event has at most 200 characters");
    const text = typeof data === "string" ? data : JSON.stringify(data ?? {});
    if (Buffer.byteLength(text) > appLimits.clientEventBytes) {
      return forbid("the data of a client event is at most 1 KB");
    }
    if (!this.clientEventBudget.take(now)) return forbid("at most 10 client events a second");
    return [{ type: "trigger", channel, name, data: text, userId: subscription.member?.userId }];
  }
}
