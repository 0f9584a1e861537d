import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { PusherSession } from "#realtime/pusher/session.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";

const app: AppSettings = {
  id: "2",
  key: "the-key",
  secret: "the-secret",
  enabled: true,
  origins: "any",
  clientEvents: true,
  authorizedConnections: false,
  maxConnections: 10,
  maxPresenceMembers: 10,
  webhooks: [],
};
const sign = (text: string) => `the-key:${createHmac("sha256", "the-secret").update(text).digest("hex")}`;
const say = (event: string, data?: unknown, channel?: string) => JSON.stringify({ event, channel, data });
const signIn = (userData: string) =>
  say("pusher:signin", { auth: sign(`1.2::user::${userData}`), user_data: userData });
const subscribe = (channel: string, channel_data?: string) =>
  say("pusher:subscribe", {
    channel,
    auth: sign(channel_data === undefined ? `1.2:${channel}` : `1.2:${channel}:${channel_data}`),
    channel_data,
  });
const unsubscribe = (channel: string) => say("pusher:unsubscribe", { channel });

const open = (settings: Partial<AppSettings> = {}) => new PusherSession("1.2", { ...app, ...settings }, 0);
/** Subscribed to the channel, and told so. */
function on(channel: string, channel_data?: string): PusherSession {
  const session = open();
  session.receive(subscribe(channel, channel_data), 0);
  session.subscribed(channel);
  return session;
}
const error = (message: string, code: number | null = null) => [
  { type: "send", frame: `{"event":"pusher:error","data":{"message":"${message}","code":${code}}}` },
];
const close = (reason: string, code = 4009) => [{ type: "close", code, reason }];
const joined = (channel: string, member: object | null = null) => [{ type: "join", channel, member }];

test("the first frame contains the socket id and the activity timeout", () => {
  const data = '{\\"socket_id\\":\\"1.2\\",\\"activity_timeout\\":25}';
  expect(open().open()).toEqual([
    { type: "send", frame: `{"event":"pusher:connection_established","data":"${data}"}` },
  ]);
});

test("pings, pongs and frames that are not known have their answers", () => {
  const session = open();
  expect(session.receive(say("pusher:ping"), 0)).toEqual([
    { type: "send", frame: '{"event":"pusher:pong","data":{}}' },
  ]);
  expect(session.receive(say("pusher:pong"), 0)).toEqual([]);
  expect(session.receive(say("im:call"), 0)).toEqual(error("unknown event"));
  expect(session.receive("rubbish", 0)).toEqual(error("the frame is not an event of the Pusher protocol"));
});

describe("signing in", () => {
  const ann = '{"id":"ann","watchlist":["ben"]}';
  const success = (data: string) => ({
    type: "send",
    frame: `{"event":"pusher:signin_success","data":{"user_data":${JSON.stringify(data)}}}`,
  });

  test("puts the user online, once", () => {
    const session = open();
    expect([session.user, session.isAuthorized]).toEqual([null, false]);
    expect(session.receive(signIn(ann), 0)).toMatchObject([
      success(ann),
      { type: "online", user: { id: "ann", watchlist: ["ben"] } },
    ]);
    expect(session.isAuthorized).toBe(true);
    expect(session.user).toMatchObject({ id: "ann" });
    expect(session.receive(signIn(ann), 0)).toEqual([success(ann)]);
    expect(session.receive(signIn('{"id":"ben"}'), 0)).toEqual(close("signed in as another user"));
  });

  test("with more than 100 watched users says that the rest is not watched", () => {
    const watching = (count: number) => JSON.stringify({ id: "ann", watchlist: Array.from({ length: count }, String) });
    expect(open().receive(signIn(watching(100)), 0)).toHaveLength(2);
    const effects = open().receive(signIn(watching(101)), 0);
    expect(effects).toHaveLength(3);
    const message = "the watchlist has more than 100 users; the first 100 are watched";
    expect(effects.slice(2)).toEqual(error(message, 4302));
  });

  test("fails with the reason", () => {
    const session = open();
    expect(session.receive(say("pusher:signin", {}), 0)).toEqual(close("the sign-in has no auth and user_data"));
    const forged = say("pusher:signin", { auth: sign("1.3::user::{}"), user_data: "{}" });
    expect(session.receive(forged, 0)).toEqual(close("the sign-in is not valid"));
    expect(session.receive(signIn("{}"), 0)).toEqual(close("user_data has no id"));
    expect([session.user, session.isAuthorized]).toEqual([null, false]);
  });
});

describe("a subscription", () => {
  test.each([
    ["news", false],
    ["private-room", true],
    ["private-encrypted-room", true],
  ])("of %s joins the channel; that authorizes the connection: %s", (channel, authorized) => {
    const session = open();
    expect(session.receive(subscribe(channel), 0)).toEqual(joined(channel));
    expect(session.isAuthorized).toBe(authorized);
    expect(session.isSubscribed(channel)).toBe(true);
    expect(session.channels).toEqual([{ channel, member: null }]);
  });

  test("of a presence channel joins it as the signed member, also when repeated with other data", () => {
    const member = { userId: "ann", info: '{"name":"Ann"}' };
    const session = open();
    const data = '{"user_id":"ann","user_info":{"name":"Ann"}}';
    expect(session.receive(subscribe("presence-room", data), 0)).toEqual(joined("presence-room", member));
    expect(session.channels).toEqual([{ channel: "presence-room", member }]);
    expect(session.receive(subscribe("presence-room", '{"user_id":"ben"}'), 0)).toEqual([]);
    session.subscribed("presence-room");
    expect(session.receive(subscribe("presence-room", '{"user_id":"ben"}'), 0)).toEqual(
      joined("presence-room", member),
    );
  });

  test("that the channel refuses is gone", () => {
    const session = open();
    session.receive(subscribe("presence-room", '{"user_id":"ann"}'), 0);
    const refusal = { type: "LimitReached", error: "full", status: 4100 } as const;
    const data = '{"type":"LimitReached","error":"full","status":4100}';
    expect(session.refused("presence-room", refusal)).toEqual([
      { type: "send", frame: `{"event":"pusher:subscription_error","channel":"presence-room","data":${data}}` },
    ]);
    expect(session.isSubscribed("presence-room")).toBe(false);
    session.subscribed("presence-room");
    expect(session.channels).toEqual([]);
  });

  test("without a channel, or without a valid signature, is an error", () => {
    const session = open();
    expect(session.receive(say("pusher:subscribe", {}), 0)).toEqual(error("the subscription names no channel"));
    const data = '{"type":"AuthError","error":"the signature is not valid","status":401}';
    expect(session.receive(say("pusher:subscribe", { channel: "private-room", auth: "" }), 0)).toEqual([
      { type: "send", frame: `{"event":"pusher:subscription_error","channel":"private-room","data":${data}}` },
    ]);
    expect([session.isAuthorized, session.channels]).toEqual([false, []]);
  });

  test("beyond 500 channels is refused, beyond the rate closes the connection", () => {
    const session = open();
    for (let at = 0; at < 500; at += 1) {
      expect(session.receive(subscribe(`news-${at}`), 0)).toHaveLength(1);
    }
    expect(session.channels).toHaveLength(500);
    expect(session.receive(subscribe("news-500"), 0)).toEqual(close("too many subscriptions a second", 4100));
    const data = '{"type":"LimitReached","error":"too many subscriptions on one connection","status":4100}';
    expect(session.receive(subscribe("news-500"), 1_000)).toEqual([
      { type: "send", frame: `{"event":"pusher:subscription_error","channel":"news-500","data":${data}}` },
    ]);
    // A known one is no new channel. One second is worth 50.
    session.subscribed("news-7");
    expect(session.receive(subscribe("news-7"), 1_000)).toEqual(joined("news-7"));
    for (let at = 0; at < 48; at += 1) session.receive(subscribe("news-7"), 1_000);
    expect(session.receive(subscribe("news-7"), 1_000)).toEqual(close("too many subscriptions a second", 4100));
  });

  test("ends by unsubscribing", () => {
    const session = on("presence-room", '{"user_id":"ann"}');
    expect(session.receive(unsubscribe("presence-other"), 0)).toEqual([]);
    expect(session.receive(say("pusher:unsubscribe", {}), 0)).toEqual(error("the unsubscription names no channel"));
    expect(session.receive(unsubscribe("presence-room"), 0)).toEqual([
      { type: "leave", channel: "presence-room", member: { userId: "ann", info: "" } },
    ]);
    expect(session.channels).toEqual([]);
    expect(session.receive(unsubscribe("presence-room"), 0)).toEqual([]);
  });
});

describe("a client event", () => {
  const trigger = (data: unknown, channel = "private-room", name = "client-x") => say(name, data, channel);
  const sent = { type: "trigger", channel: "private-room", name: "client-x", userId: undefined };

  test("goes to the channel, with its data as text", () => {
    const session = on("private-room");
    expect(session.receive(trigger({ a: 1 }), 0)).toEqual([{ ...sent, data: '{"a":1}' }]);
    expect(session.receive(trigger("words"), 0)).toEqual([{ ...sent, data: "words" }]);
    expect(session.receive(trigger(undefined), 0)).toEqual([{ ...sent, data: "{}" }]);
  });

  test("of a presence channel carries the member's id", () => {
    expect(on("presence-room", '{"user_id":"ann"}').receive(trigger("hi", "presence-room"), 0)).toEqual([
      { ...sent, channel: "presence-room", data: "hi", userId: "ann" },
    ]);
  });

  test("needs an app that allows it, a channel that may have it, and a subscription that was answered", () => {
    const refused = (message: string) => error(message, 4301);
    expect(open({ clientEvents: false }).receive(trigger({}), 0)).toEqual(
      refused("client events are not enabled for this app"),
    );
    const wrong = refused("client events are for private and presence channels");
    expect(on("news").receive(trigger({}, "news"), 0)).toEqual(wrong);
    expect(on("private-encrypted-room").receive(trigger({}, "private-encrypted-room"), 0)).toEqual(wrong);
    expect(on("private-room").receive(say("client-x", {}), 0)).toEqual(wrong);
    const early = open();
    const foreign = refused("client events are for subscribers of the channel");
    expect(early.receive(trigger({}), 0)).toEqual(foreign);
    early.receive(subscribe("private-room"), 0);
    expect(early.receive(trigger({}), 0)).toEqual(foreign);
    early.subscribed("private-room");
    expect(early.receive(trigger({}), 0)).toEqual([{ ...sent, data: "{}" }]);
  });

  test("has at most 200 characters in its name and 1 KB of data", () => {
    const session = on("private-room");
    const name = (length: number) => `client-${"x".repeat(length - 7)}`;
    expect(session.receive(trigger("x", "private-room", name(200)), 0)).toEqual([
      { ...sent, name: name(200), data: "x" },
    ]);
    expect(session.receive(trigger("", "private-room", name(201)), 0)).toEqual(
      error("the name of a client event has at most 200 characters", 4301),
    );
    expect(session.receive(trigger("x".repeat(1_024)), 0)).toEqual([{ ...sent, data: "x".repeat(1_024) }]);
    expect(session.receive(trigger(`é${"x".repeat(1_023)}`), 0)).toEqual(
      error("the data of a client event is at most 1 KB", 4301),
    );
  });

  test("is one of twenty at once, then of ten a second", () => {
    const session = on("private-room");
    for (let at = 0; at < 20; at += 1) expect(session.receive(trigger("x"), 0)).toEqual([{ ...sent, data: "x" }]);
    expect(session.receive(trigger("x"), 0)).toEqual(error("at most 10 client events a second", 4301));
    for (let at = 0; at < 10; at += 1) expect(session.receive(trigger("x"), 1_000)).toEqual([{ ...sent, data: "x" }]);
    expect(session.receive(trigger("x"), 1_000)).toEqual(error("at most 10 client events a second", 4301));
  });
});
