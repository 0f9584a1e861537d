import { conversationOf, inboxChannel, userChannel } from "#contracts/channels.ts";
import { activityTimeout, closeCodes, signinData, subscribeData } from "#contracts/pusher.ts";
import type { InboxHeads } from "#contracts/realtime.ts";
import { type DeliveredReport, deliveredEvent, deliveredReport } from "#contracts/receipts.ts";
import { type RpcCall, rpcCall, rpcEvents } from "#contracts/rpc.ts";
import { frame, objectFrame, readFrame } from "#realtime/frames.ts";
import { closeUnauthorized, ErrorBudget, errorReply, type Reply, subscriptionError } from "#realtime/replies.ts";
import { TokenBucket } from "#realtime/token-bucket.ts";

export type Identity = { personId: string; sessionId: string };

/** What the caller of the session must do. The session itself has no socket, no clock and no database. */
export type Effect =
  | Reply
  /** The credentials are valid; check in the database that the session is active, then call `checked`. */
  | { type: "check"; identity: Identity }
  /** Load what this person receives, then call `joined`. */
  | { type: "join"; identity: Identity }
  /** Run an API call for this person and answer with the same id. */
  | { type: "call"; identity: Identity; call: RpcCall }
  | { type: "leave" }
  /** Answer the subscription of a conversation's channel, which only members may have. */
  | { type: "subscribeConversation"; identity: Identity; channel: string; conversationId: string }
  /** Publish to the other members, if this person is a member. */
  | { type: "typing"; identity: Identity; conversationId: string }
  /** Store what this device has received, of the conversations that this person is in. */
  | { type: "delivered"; identity: Identity; report: DeliveredReport };

/** Verifies credentials; null when they are not valid. */
export type ReadCredentials = (socketId: string, auth: string, userData: string) => Identity | null;

/**
 * State machine of one socket's Pusher protocol: frames in, effects out. The client must sign in first. A subscription
 * that arrives earlier waits for the sign-in, because SDKs differ in that order.
 */
export class Session {
  readonly socketId: string;
  private readonly readCredentials: ReadCredentials;
  private stage: "new" | "checking" | "signed" = "new";
  private identity: Identity | null = null;
  private userData = "";
  private inbox: "none" | "wanted" | "joining" | "joined" = "none";
  /**
   * The sign-in reply of a client that has already subscribed: it is sent together with the subscription's reply, in
   * one write.
   */
  private deferred: Effect[] = [];
  private readonly errorBudget = new ErrorBudget();
  /** Created at the first typing event, because most sockets never send one. */
  private typingBudget: TokenBucket | null = null;
  private deliveredBudget: TokenBucket | null = null;
  /** Limits subscriptions, because every reply contains the heads of all conversations. */
  private subscribeBudget: TokenBucket | null = null;

  constructor(socketId: string, readCredentials: ReadCredentials) {
    this.socketId = socketId;
    this.readCredentials = readCredentials;
  }

  get signedIn(): Identity | null {
    return this.stage === "signed" ? this.identity : null;
  }

  /** The identity that this socket claims, also while it is being checked. */
  get claimedIdentity(): Identity | null {
    return this.identity;
  }

  open(): Effect[] {
    const data = { socket_id: this.socketId, activity_timeout: activityTimeout };
    return [{ type: "send", frame: frame("pusher:connection_established", data) }];
  }

  receive(text: string): Effect[] {
    const read = readFrame(text);
    if (!read) return this.errorBudget.reply("the frame is not an event of the Pusher protocol");
    const { event, channel, data } = read;
    if (event === "pusher:ping") return [{ type: "send", frame: objectFrame("pusher:pong", {}) }];
    if (event === "pusher:pong") return [];
    if (event === "pusher:signin") return this.signIn(data);
    if (event === "pusher:subscribe") return this.subscribe(data);
    if (event === "pusher:unsubscribe") return this.unsubscribe(data);
    if (event === rpcEvents.call) return this.call(data);
    if (event === "client-typing") return this.typing(channel);
    if (event === deliveredEvent) return this.delivered(channel, data);
    if (event.startsWith("client-")) return [errorReply("no such client event", closeCodes.clientEventRefused)];
    return this.errorBudget.reply("unknown event");
  }

  /** The database's answer to `check`. */
  checked(isActive: boolean): Effect[] {
    if (this.stage !== "checking" || !this.identity) return [];
    if (!isActive) return closeUnauthorized("the session has ended");
    this.stage = "signed";
    const success: Effect = { type: "send", frame: objectFrame("pusher:signin_success", { user_data: this.userData }) };
    this.userData = "";
    if (this.inbox !== "wanted") return [success];
    this.deferred = [success];
    return this.join();
  }

  /** The hub has loaded this person: every event after `heads` is delivered. */
  joined(heads: InboxHeads | Record<string, never>): Effect[] {
    if (this.inbox !== "joining") return [];
    this.inbox = "joined";
    const succeeded: Effect = {
      type: "send",
      frame: frame("pusher_internal:subscription_succeeded", heads, inboxChannel),
    };
    return [...this.release(), succeeded];
  }

  private release(): Effect[] {
    const { deferred } = this;
    this.deferred = [];
    return deferred;
  }

  private call(data: unknown): Effect[] {
    const read = rpcCall.safeParse(data);
    if (!read.success) return this.errorBudget.reply("the call has no id and path");
    const identity = this.signedIn;
    if (!identity) return this.errorBudget.reply("sign in before calling");
    return [{ type: "call", identity, call: read.data }];
  }

  private signIn(data: unknown): Effect[] {
    const read = signinData.safeParse(data);
    if (!read.success) return closeUnauthorized("the sign-in has no auth and user_data");
    if (this.stage !== "new") return closeUnauthorized("signed in already");
    const identity = this.readCredentials(this.socketId, read.data.auth, read.data.user_data);
    if (!identity) return closeUnauthorized("the sign-in is not valid");
    this.stage = "checking";
    this.identity = identity;
    this.userData = read.data.user_data;
    return [{ type: "check", identity }];
  }

  private subscribe(data: unknown): Effect[] {
    const read = subscribeData.safeParse(data);
    if (!read.success) return this.errorBudget.reply("the subscription names no channel");
    const { channel } = read.data;
    if (this.identity && channel === userChannel(this.identity.personId)) {
      return [{ type: "send", frame: frame("pusher_internal:subscription_succeeded", {}, channel) }];
    }
    const conversationId = conversationOf(channel);
    const signedIn = this.signedIn;
    if (conversationId !== null && signedIn) {
      return [{ type: "subscribeConversation", identity: signedIn, channel, conversationId }];
    }
    if (channel !== inboxChannel) return [subscriptionForbidden(channel)];
    if (this.inbox === "joining") return [];
    this.subscribeBudget ??= new TokenBucket(1, 10);
    if (!this.subscribeBudget.take()) return this.errorBudget.reply("at most one subscription a second");
    // Also when already joined: the reply contains the current heads.
    this.inbox = "wanted";
    return this.stage === "signed" ? this.join() : [];
  }

  private unsubscribe(data: unknown): Effect[] {
    const read = subscribeData.safeParse(data);
    if (!read.success || read.data.channel !== inboxChannel) return [];
    const was = this.inbox;
    this.inbox = "none";
    return was === "joined" || was === "joining" ? [...this.release(), { type: "leave" }] : [];
  }

  private typing(channel: string | undefined): Effect[] {
    const identity = this.signedIn;
    const conversationId = conversationOf(channel ?? "");
    const forbid = (why: string) => [errorReply(why, closeCodes.clientEventRefused)];
    if (!identity || conversationId === null) {
      return forbid("client-typing is for members, on the conversation's channel");
    }
    // Far above what a typing person causes, with several conversations open.
    this.typingBudget ??= new TokenBucket(1, 10);
    if (!this.typingBudget.take()) return forbid("at most one sign of typing a second");
    return [{ type: "typing", identity, conversationId }];
  }

  private delivered(channel: string | undefined, data: unknown): Effect[] {
    const identity = this.signedIn;
    const read = deliveredReport.safeParse(data);
    const forbid = (why: string) => [errorReply(why, closeCodes.clientEventRefused)];
    if (!identity || channel !== inboxChannel || !read.success) {
      return forbid("client-delivered is said on the inbox: a device, and seqs by conversation");
    }
    // Far above what a device says that gathers for a second.
    this.deliveredBudget ??= new TokenBucket(2, 10);
    if (!this.deliveredBudget.take()) return forbid("at most two reports of what was received a second");
    return [{ type: "delivered", identity, report: read.data }];
  }

  private join(): Effect[] {
    if (!this.identity) return [];
    this.inbox = "joining";
    return [{ type: "join", identity: this.identity }];
  }
}

export const subscriptionForbidden = (channel: string): Effect =>
  subscriptionError(channel, { type: "AuthError", error: "this channel is not yours", status: 401 });
