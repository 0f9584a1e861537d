import type { Envelope } from "#contracts/bus.ts";
import { kindOf } from "#contracts/channels.ts";
import { limits } from "#contracts/limits.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { type Announce, onlineChannel, type PresenceChange } from "#server/realtime/presence.ts";
import { enqueueWebhookEvents, type WebhookEvent } from "#server/realtime/webhooks.ts";

/** The envelopes that other workers get about changes: members of presence channels, and users who are online. */
function presenceEnvelopes(app: string, changes: readonly PresenceChange[]): Envelope[] {
  const envelopes: Envelope[] = [];
  // Online users are separate envelopes, one per user; the bus packs them together.
  for (const { channel, userId, joined, left, rev } of changes) {
    if (channel !== onlineChannel || !(joined || left)) continue;
    const who = { joined: joined ? [{ userId, info: "" }] : [], left: left ? [userId] : [] };
    envelopes.push({ app, channel, version: Number(rev), ...who });
  }
  // All changes of a channel in one transaction share one version, so they travel in one envelope: a worker must not
  // apply half of a version.
  const presence = changes.filter(({ channel, joined, left }) => kindOf(channel) === "presence" && (joined || left));
  for (const [channel, some] of groupByChannel(presence)) {
    const whole = {
      app,
      channel,
      version: Number(some[0]?.rev),
      joined: some.flatMap(({ joined, userId, info }) => (joined ? [{ userId, info }] : [])),
      left: some.flatMap(({ left, userId }) => (left ? [userId] : [])),
    };
    const fits = Buffer.byteLength(JSON.stringify(whole)) <= limits.notifyBytes - 2;
    envelopes.push(fits ? whole : { ...whole, joined: [], left: [], truncated: true });
  }
  return envelopes;
}

function groupByChannel(changes: PresenceChange[]): Map<string, PresenceChange[]> {
  const groups = new Map<string, PresenceChange[]>();
  for (const change of changes) groups.set(change.channel, [...(groups.get(change.channel) ?? []), change]);
  return groups;
}

/** Returns the envelopes for other workers and queues webhooks, in the transaction of the change. */
export function createAnnounce(apps: ReadonlyMap<string, AppSettings>): Announce {
  return async (tx, appId, changes) => {
    const app = apps.get(appId);
    const reported = new Set<string>();
    const webhookEvents = app ? changes.flatMap((change) => webhookEventsOf(app, change, reported)) : [];
    await enqueueWebhookEvents(tx, webhookEvents);
    return presenceEnvelopes(appId, changes);
  };
}

/**
 * A batch may change several users of a channel, but the channel is occupied or vacated once; `reported` contains the
 * channels already handled.
 */
function webhookEventsOf(app: AppSettings, change: PresenceChange, reported: Set<string>): WebhookEvent[] {
  const { channel, userId, joined, left, occupied, vacated } = change;
  if (channel === onlineChannel || kindOf(channel) === "user") return [];
  const isPresence = kindOf(channel) === "presence";
  const events: { name: string; userId: string }[] = [];
  if (occupied && !reported.has(channel)) events.push({ name: "channel_occupied", userId: "" });
  if (isPresence && joined) events.push({ name: "member_added", userId });
  if (isPresence && left) events.push({ name: "member_removed", userId });
  if (vacated && !reported.has(channel)) events.push({ name: "channel_vacated", userId: "" });
  reported.add(channel);
  return events.flatMap((event) => webhookEventsFor(app, event.name, channel, event.userId, {}));
}

/** One per webhook address that wants this kind of event. */
function webhookEventsFor(
  app: AppSettings,
  kind: string,
  channel: string,
  userId: string,
  extra: Record<string, unknown>,
): WebhookEvent[] {
  const event = { name: kind, channel, ...(userId === "" ? {} : { user_id: userId }), ...extra };
  return app.webhooks.flatMap(({ events }, hook) =>
    events.includes(kind) ? [{ app: app.id, hook, kind, channel, userId, event }] : [],
  );
}

/** Queues a webhook for an event that changes no presence. A failure is logged; the event is not retried. */
export function reportWebhook(
  sql: Sql,
  app: AppSettings,
  kind: string,
  channel: string,
  userId: string,
  extra: Record<string, unknown>,
): void {
  const events = webhookEventsFor(app, kind, channel, userId, extra);
  if (events.length === 0) return;
  sql
    .begin((tx) => enqueueWebhookEvents(tx, events))
    .catch((error) => log.warn({ err: error, kind }, "a webhook was lost"));
}
