import type { Identity } from "#realtime/session.ts";
import { isSignature, readTicket, signinText } from "#server/realtime/ticket.ts";

/**
 * Verifies a sign-in frame and returns its identity, or null. Our own client sends a ticket in `auth`, valid on any
 * socket for a few minutes. Any Pusher SDK may send the standard signature over its socket id and `user_data`, which
 * names the session.
 */
export function readCredentials(socketId: string, auth: string, userData: string): Identity | null {
  const userInfo = parse(userData);
  const ticket = readTicket(auth);
  if (ticket) return userInfo?.id === ticket.personId ? ticket : null;
  if (!isSignature(auth, signinText(socketId, userData))) return null;
  const sessionId = userInfo?.user_info?.sessionId;
  return userInfo?.id && sessionId ? { personId: userInfo.id, sessionId } : null;
}

function parse(userData: string): { id?: string; user_info?: { sessionId?: string } } | null {
  try {
    const read: unknown = JSON.parse(userData);
    return typeof read === "object" && read !== null ? read : null;
  } catch {
    return null;
  }
}
