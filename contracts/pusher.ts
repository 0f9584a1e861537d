import * as z from "zod/mini";

/**
 * SDKs say "nothing" in three ways. Wherever the Pusher protocol lets a value be absent, null and empty mean the same.
 */
export const isBlank = (value: unknown): value is undefined | null | "" =>
  value === undefined || value === null || value === "";

/** A text that may be absent, null or empty: undefined then. */
export const optionalText = z.optional(
  z.pipe(
    z.nullish(z.string()),
    z.transform((said) => said || undefined),
  ),
);

/** The frames of the Pusher protocol, version 7, as far as the worker speaks it. Sessions bound the names. */
export const clientFrame = z.object({ event: z.string(), channel: optionalText, data: z.optional(z.unknown()) });
export type ClientFrame = z.infer<typeof clientFrame>;

export const signinData = z.object({
  auth: z.string().check(z.maxLength(4_096)),
  user_data: z.string().check(z.maxLength(16_384)),
});
export const subscribeData = z.object({
  channel: z.string(),
  auth: optionalText,
  channel_data: optionalText,
});

/** Close and error codes: 40xx do not come back, 41xx come back later, 42xx come back at once, 43xx stay open. */
export const closeCodes = {
  unknownApp: 4001,
  appDisabled: 4003,
  unsupportedProtocol: 4007,
  unauthorized: 4009,
  overCapacity: 4100,
  reconnect: 4200,
  silent: 4201,
  clientEventRefused: 4301,
  watchlistLimit: 4302,
} as const;

/**
 * Seconds without a frame after which a client pings. The worker pings earlier (`realtime/connection-registry.ts`), so a
 * client pings only when the worker's pings no longer arrive: with 5 s for the answer, our client notices a half-open
 * connection within 30 s.
 */
export const activityTimeout = 25;
