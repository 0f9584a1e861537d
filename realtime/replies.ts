import { closeCodes } from "#contracts/pusher.ts";
import { errorFrame } from "#realtime/frames.ts";

/** What both kinds of session answer in the same words. */
export type Reply = { type: "send"; frame: string } | { type: "close"; code: number; reason: string };

/** The connection stays. `code` null: a mistake for which the protocol has no code. */
export const errorReply = (message: string, code: number | null): Reply => ({
  type: "send",
  frame: errorFrame(message, code),
});

/** 4009 tells the client not to come back with the same proof. Closing sends the error frame before (`Link.end`). */
export const closeUnauthorized = (reason: string): Reply[] => [
  { type: "close", code: closeCodes.unauthorized, reason },
];

export function subscriptionError(channel: string, data: { type: string; error: string; status: number }): Reply {
  return { type: "send", frame: JSON.stringify({ event: "pusher:subscription_error", channel, data }) };
}

/** A client that keeps sending rubbish is not worth a socket. */
const maxErrors = 20;

export class ErrorBudget {
  private count = 0;

  reply(message: string): Reply[] {
    this.count += 1;
    if (this.count > maxErrors) return [{ type: "close", code: closeCodes.overCapacity, reason: "too many mistakes" }];
    return [errorReply(message, null)];
  }
}
