import { isSignedByKey } from "#server/realtime/hmac.ts";

export const webhookEventNames = [
  "channel_occupied",
  "channel_vacated",
  "member_added",
  "member_removed",
  "client_event",
  "cache_miss",
] as const;

/** An app of another backend, as in PUSHER_APPS (`read-apps.ts` parses it and adds the defaults). */
export type AppSettings = {
  id: string;
  key: string;
  secret: string;
  /** Still accepted during a rotation; never used to sign. */
  secretPrevious?: string | undefined;
  /** False: every connection is closed with 4003 and every request is answered with 403. */
  enabled: boolean;
  /** Origins that may connect; `any` by default, because signatures protect the channels. */
  origins: "any" | string[];
  clientEvents: boolean;
  /** Close a connection that neither signs in nor subscribes to a protected channel within ten seconds. */
  authorizedConnections: boolean;
  maxConnections: number;
  maxPresenceMembers: number;
  /** `batch`: all due events in one request, else one request per event. */
  webhooks: { url: string; events: string[]; headers: Record<string, string>; batch: boolean }[];
};

/** Limits of the protocol (pusher.com's own, where it has them). */
export const appLimits = {
  eventBytes: 10 * 1024,
  clientEventBytes: 1024,
  eventName: 200,
  channelsPerTrigger: 100,
  eventsPerBatch: 10,
  userIdLength: 128,
  userInfoBytes: 1024,
  watchlist: 100,
  subscriptionsPerSocket: 500,
  frameBytes: 16 * 1024,
} as const;

/** `key:HMAC(secret, text)`, with either secret. */
export function isSigned({ key, secret, secretPrevious }: AppSettings, auth: string, text: string): boolean {
  return isSignedByKey(key, [secret, secretPrevious], text, auth);
}
