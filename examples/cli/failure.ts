import { TRPCClientError } from "@trpc/client";
import { isReason, type Reason, type RefusalData } from "#contracts/refusals.ts";

/** Something this program says itself, ready to be read by a person. Ends it with exit code 1. */
export class Failure extends Error {
  override name = "Failure";
}

/** `unreachable` is ours: no server answered. Everything else is the server's word. */
export type Explained = { reason: Reason | "unreachable"; retryAfterMs: number };

/** What went wrong with a call, or null for an error that is not about a call. */
export function explain(error: unknown): Explained | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data = error.data as Partial<RefusalData> | undefined;
  // A proxy in front of a server that is away answers with a page of its own.
  if (!data?.reason) return { reason: error.meta?.response ? "unavailable" : "unreachable", retryAfterMs: 0 };
  const retryAfterMs = Number(data.params?.retryAfter ?? 0) * 1_000;
  return { reason: isReason(data.reason) ? data.reason : "internal_error", retryAfterMs };
}

/** The same call may be retried after a while: it was not refused. */
export function isPassing({ reason }: Explained): boolean {
  return (
    reason === "unreachable" || reason === "unavailable" || reason === "internal_error" || reason === "rate_limited"
  );
}

const sentences: Partial<Record<Explained["reason"], string>> = {
  unauthenticated: "You are signed out. Sign in again.",
  invalid_credentials: "The sign-in name or the password is not right.",
  not_found: "There is no such conversation, or you are not in it.",
  invalid_id: "This is not the id of a conversation. `list` shows them.",
  text_empty: "There is nothing to read in this message.",
  text_too_long: "This message is too long.",
  invalid_characters: "This message holds control characters, which cannot be kept.",
  not_friends: "You are not friends.",
  recipient_refuses: "They do not accept messages from you.",
  blocked_by_me: "You blocked this person.",
  conversation_closed: "This community was dissolved.",
  rate_limited: "Too fast. Wait a little.",
  unavailable: "The server cannot answer just now. Try again in a moment.",
  internal_error: "Something broke on the server's side.",
};

/** One sentence for a person, or null for a bug of this program. */
export function sentenceFor(error: unknown, url: string): string | null {
  if (error instanceof Failure) return error.message;
  const explained = explain(error);
  if (!explained) return null;
  if (explained.reason === "unreachable") return `Nothing answers at ${url}.`;
  return sentences[explained.reason] ?? `The server says no: ${explained.reason}.`;
}
