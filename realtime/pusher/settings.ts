import { hmac, isEqual } from "#server/realtime/hmac.ts";

export const webhookEventNames = [
  "channel_occupied",
  "channel_vacated",
  "member_added",
  "member_removed",
  "client_event",
  "cache_miss",
] as const;

/** An app of a backend of somebody's own, as PUSHER_APPS names it (`read-apps.ts` reads it, with the defaults). */
export type AppSettings = {
  id: string;
  key: string;
  secret: string;
  /** Still accepted while a rotation lasts; never used to sign. */
  secretPrevious?: string | undefined;
  /** False: every connection is closed with 4003 and every request answered with 403. */
  enabled: boolean;
  /** Pages that may connect; `any` by default, because channels are guarded by signatures. */
  origins: "any" | string[];
  clientEvents: boolean;
  /** Close whoever neither signs in nor subscribes to a guarded channel within ten seconds. */
  authorizedConnections: boolean;
  maxConnections: number;
  maxPresenceMembers: number;
  /** `batch`: what is due goes together in one request, else each event in its own. */
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

/** `key:HMAC(secret, text)`, by either secret. */
export function isSigned({ key, secret, secretPrevious }: AppSettings, auth: string, text: string): boolean {
  return [secret, secretPrevious].some((one) => one !== undefined && isEqual(auth, `${key}:${hmac(one, text)}`));
}
