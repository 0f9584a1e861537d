import type { Envelope } from "#contracts/bus.ts";
import { kindOf } from "#contracts/channels.ts";
import { limits } from "#contracts/limits.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import { type Announce, onlineChannel, type PlaceChange } from "#server/live/places.ts";
import { enqueueHooks, type Hook } from "#server/live/webhooks.ts";

/** What the other workers are told of changes: members of presence channels, and who is online. */
export function placesNews(app: string, changes: readonly PlaceChange[]): Envelope[] {
  const news: Envelope[] = [];
  // State, not a difference: who is online may be told one by one, and the envelopes are packed together.
  for (const { channel, userId, came, went, rev } of changes) {
    if (channel !== onlineChannel || !(came || went)) continue;
    const who = { came: came ? [{ userId, info: "" }] : [], went: went ? [userId] : [] };
    news.push({ app, channel, live: Number(rev), ...who });
  }
  // All changes of a channel in one transaction have one number, so they must travel together: no number is half told.
  const presence = changes.filter(({ channel, came, went }) => kindOf(channel) === "presence" && (came || went));
  for (const [channel, some] of groupByChannel(presence)) {
    const whole = {
      app,
      channel,
      live: Number(some[0]?.rev),
      came: some.flatMap(({ came, userId, info }) => (came ? [{ userId, info }] : [])),
      went: some.flatMap(({ went, userId }) => (went ? [userId] : [])),
    };
    const fits = Buffer.byteLength(JSON.stringify(whole)) <= limits.notifyBytes - 2;
    news.push(fits ? whole : { ...whole, came: [], went: [], reread: true });
  }
  return news;
}

function groupByChannel(changes: PlaceChange[]): Map<string, PlaceChange[]> {
  const groups = new Map<string, PlaceChange[]>();
  for (const change of changes) groups.set(change.channel, [...(groups.get(change.channel) ?? []), change]);
  return groups;
}

/** Tells workers, and puts webhooks on their way, in the transaction of the change. */
export function announceFor(apps: ReadonlyMap<string, AppSettings>): Announce {
  return async (tx, appId, changes) => {
    const app = apps.get(appId);
    const told = new Set<string>();
    const hooks = app ? changes.flatMap((change) => hooksOf(app, change, told)) : [];
    await enqueueHooks(tx, hooks);
    return placesNews(appId, changes);
  };
}

/** A channel is occupied or vacated once, however many of its users a batch changes; `told` holds those said already. */
function hooksOf(app: AppSettings, change: PlaceChange, told: Set<string>): Hook[] {
  const { channel, userId, came, went, occupied, vacated } = change;
  if (channel === onlineChannel || kindOf(channel) === "user") return [];
  const isPresence = kindOf(channel) === "presence";
  const events: { name: string; userId: string }[] = [];
  if (occupied && !told.has(channel)) events.push({ name: "channel_occupied", userId: "" });
  if (isPresence && came) events.push({ name: "member_added", userId });
  if (isPresence && went) events.push({ name: "member_removed", userId });
  if (vacated && !told.has(channel)) events.push({ name: "channel_vacated", userId: "" });
  told.add(channel);
  return events.flatMap((event) => hooksFor(app, event.name, channel, event.userId, {}));
}

/** One for each address that wants such events. */
export function hooksFor(
  app: AppSettings,
  kind: string,
  channel: string,
  userId: string,
  more: Record<string, unknown>,
): Hook[] {
  const event = { name: kind, channel, ...(userId === "" ? {} : { user_id: userId }), ...more };
  return app.webhooks.flatMap(({ events }, hook) =>
    events.includes(kind) ? [{ app: app.id, hook, kind, channel, userId, event }] : [],
  );
}
