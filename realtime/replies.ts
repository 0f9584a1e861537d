import { closeCodes } from "#contracts/pusher.ts";
import { errorFrame } from "#realtime/frames.ts";

/** Replies that both kinds of session use. */
export type Reply = { type: "send"; frame: string } | { type: "close"; code: number; reason: string };

/** An error that keeps the connection open. `code` is null when the protocol has no code for it. */
export const errorReply = (message: string, code: number | null): Reply => ({
  type: "send",
  frame: errorFrame(message, code),
});

/**
 * 4009 stops the client from reconnecting with the same credentials. `Connection.end` sends an error frame before it
 * closes.
 */
export const closeUnauthorized = (reason: string): Reply[] => [
  { type: "close", code: closeCodes.unauthorized, reason },
];

export function subscriptionError(channel: string, data: { type: string; error: string; status: number }): Reply {
  return { type: "send", frame: JSON.stringify({ event: "pusher:subscription_error", channel, data }) };
}

/** Number of invalid frames after which the connection is closed. */
const maxErrors = 20;

export class ErrorBudget {
  private count = 0;

  reply(message: string): Reply[] {
    this.count += 1;
    if (this.count > maxErrors) return [{ type: "close", code: closeCodes.overCapacity, reason: "too many mistakes" }];
    return [errorReply(message, null)];
  }
}
