import { conversationOf, inboxChannel, userChannel } from "#contracts/channels.ts";
import { type LaneCall, laneCall, laneEvents } from "#contracts/lane.ts";
import { activityTimeout, closeCodes, signinData, subscribeData } from "#contracts/pusher.ts";
import type { InboxHeads } from "#contracts/realtime.ts";
import { Bucket } from "#realtime/bucket.ts";
import { frame, objectFrame, readFrame } from "#realtime/frames.ts";
import { errorReply, Mistakes, type Reply, reject, subscriptionError } from "#realtime/replies.ts";

export type Claim = { personId: string; sessionId: string };

/** What the session wants done. It holds no socket, no clock and no database. */
export type Effect =
  | Reply
  /** The claim is signed; ask the tables whether the session still stands, then call `checked`. */
  | { type: "check"; claim: Claim }
  /** Load what this person must hear, then call `joined`. */
  | { type: "join"; claim: Claim }
  /** Run a verb for this person and answer under the same id. */
  | { type: "call"; claim: Claim; call: LaneCall }
  | { type: "leave" }
  /** Answer the subscription of a conversation's channel: only members may. */
  | { type: "visit"; claim: Claim; channel: string; conversationId: string }
  /** Tell the other members, if this is one. */
  | { type: "typing"; claim: Claim; conversationId: string };

/** Reads what a client shows as proof of who it is; null for anything that is not ours. */
export type ReadProof = (socketId: string, auth: string, userData: string) => Claim | null;

/**
 * One socket's side of the Pusher protocol, as a machine: frames in, effects out. Signing in comes first; a
 * subscription that arrives before the sign-in is done waits for it, because SDKs differ in that order.
 */
export class Session {
  readonly socketId: string;
  private readonly readProof: ReadProof;
  private stage: "new" | "checking" | "signed" = "new";
  private claim: Claim | null = null;
  private userData = "";
  private inbox: "none" | "wanted" | "joining" | "joined" = "none";
  /** The answer to the sign-in of a client that subscribed in the same breath: it leaves with that answer, in one write. */
  private held: Effect[] = [];
  private readonly mistakes = new Mistakes();
  /** Made at the first sign: most sockets only listen, and ten thousand of them are kept. */
  private signs: Bucket | null = null;
  /** Every answer to a subscription names all conversations. */
  private asks: Bucket | null = null;

  constructor(socketId: string, readProof: ReadProof) {
    this.socketId = socketId;
    this.readProof = readProof;
  }

  get signedIn(): Claim | null {
    return this.stage === "signed" ? this.claim : null;
  }

  /** Who this socket says to be, also while that is being checked. */
  get claimed(): Claim | null {
    return this.claim;
  }

  open(): Effect[] {
    const data = { socket_id: this.socketId, activity_timeout: activityTimeout };
    return [{ type: "send", frame: frame("pusher:connection_established", data) }];
  }

  receive(text: string): Effect[] {
    const read = readFrame(text);
    if (!read) return this.mistakes.answer("the frame is not an event of the Pusher protocol");
    const { event, channel, data } = read;
    if (event === "pusher:ping") return [{ type: "send", frame: objectFrame("pusher:pong", {}) }];
    if (event === "pusher:pong") return [];
    if (event === "pusher:signin") return this.signIn(data);
    if (event === "pusher:subscribe") return this.subscribe(data);
    if (event === "pusher:unsubscribe") return this.unsubscribe(data);
    if (event === laneEvents.call) return this.call(data);
    if (event === "client-typing") return this.typing(channel);
    if (event.startsWith("client-")) return [errorReply("no such client event", closeCodes.clientEventRefused)];
    return this.mistakes.answer("unknown event");
  }

  /** The tables' answer to `check`. */
  checked(stands: boolean): Effect[] {
    if (this.stage !== "checking" || !this.claim) return [];
    if (!stands) return reject("the session has ended");
    this.stage = "signed";
    const success: Effect = { type: "send", frame: objectFrame("pusher:signin_success", { user_data: this.userData }) };
    this.userData = "";
    if (this.inbox !== "wanted") return [success];
    this.held = [success];
    return this.join();
  }

  /** The hub knows this person: from here on everything told after `heads` arrives. */
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
    const { held } = this;
    this.held = [];
    return held;
  }

  private call(data: unknown): Effect[] {
    const read = laneCall.safeParse(data);
    if (!read.success) return this.mistakes.answer("the call has no id and path");
    const claim = this.signedIn;
    if (!claim) return this.mistakes.answer("sign in before calling");
    return [{ type: "call", claim, call: read.data }];
  }

  private signIn(data: unknown): Effect[] {
    const read = signinData.safeParse(data);
    if (!read.success) return reject("the sign-in has no auth and user_data");
    if (this.stage !== "new") return reject("signed in already");
    const claim = this.readProof(this.socketId, read.data.auth, read.data.user_data);
    if (!claim) return reject("the sign-in is not valid");
    this.stage = "checking";
    this.claim = claim;
    this.userData = read.data.user_data;
    return [{ type: "check", claim }];
  }

  private subscribe(data: unknown): Effect[] {
    const read = subscribeData.safeParse(data);
    if (!read.success) return this.mistakes.answer("the subscription names no channel");
    const { channel } = read.data;
    if (this.claim && channel === userChannel(this.claim.personId)) {
      return [{ type: "send", frame: frame("pusher_internal:subscription_succeeded", {}, channel) }];
    }
    const conversationId = conversationOf(channel);
    const signedIn = this.signedIn;
    if (conversationId !== null && signedIn) return [{ type: "visit", claim: signedIn, channel, conversationId }];
    if (channel !== inboxChannel) return [subscriptionRefused(channel)];
    if (this.inbox === "joining") return [];
    this.asks ??= new Bucket(1, 10);
    if (!this.asks.take()) return this.mistakes.answer("at most one subscription a second");
    // Also when it is joined already: the answer carries the heads as they are now.
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
    const claim = this.signedIn;
    const conversationId = conversationOf(channel ?? "");
    const no = (why: string) => [errorReply(why, closeCodes.clientEventRefused)];
    if (!claim || conversationId === null) return no("client-typing is for members, on the conversation's channel");
    // A sign every three seconds is plenty; several conversations may be open.
    this.signs ??= new Bucket(1, 10);
    if (!this.signs.take()) return no("at most one sign of typing a second");
    return [{ type: "typing", claim, conversationId }];
  }

  private join(): Effect[] {
    if (!this.claim) return [];
    this.inbox = "joining";
    return [{ type: "join", claim: this.claim }];
  }
}

export const subscriptionRefused = (channel: string): Effect =>
  subscriptionError(channel, { type: "AuthError", error: "this channel is not yours", status: 401 });
