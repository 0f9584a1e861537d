import { expect, test } from "vitest";
import { type Effect, Session } from "#realtime/session.ts";

const identity = { personId: "ann", sessionId: "s1" };
const good = JSON.stringify({ event: "pusher:signin", data: { auth: "good", user_data: '{"id":"ann"}' } });
const subscribe = (channel: string) => JSON.stringify({ event: "pusher:subscribe", data: { channel, auth: "" } });
const open = () => new Session("1.2", (_socket, auth) => (auth === "good" ? identity : null));
/** What a client would see (event names, closes), and the effects for the caller. */
const seen = (effects: Effect[]) =>
  effects.map((effect) => {
    if (effect.type === "send") {
      const { event, data } = JSON.parse(effect.frame);
      return event === "pusher:error" ? `error ${data.code}` : event;
    }
    return effect.type === "close" ? `close ${effect.code}` : effect.type;
  });

test("the first frame contains the socket id and the activity timeout", () => {
  const [first] = open().open();
  expect(first?.type === "send" && JSON.parse(JSON.parse(first.frame).data)).toEqual({
    socket_id: "1.2",
    activity_timeout: 25,
  });
});

test("a client signs in, then subscribes", () => {
  const session = open();
  expect(seen(session.receive(good))).toEqual(["check"]);
  expect(session.signedIn).toBeNull();
  expect(seen(session.checked(true))).toEqual(["pusher:signin_success"]);
  expect(seen(session.receive(subscribe("private-inbox")))).toEqual(["join"]);
  expect(seen(session.joined({ rev: 4, heads: {} }))).toEqual(["pusher_internal:subscription_succeeded"]);
});

test("a subscription that comes before the sign-in waits for it", () => {
  const session = open();
  expect(session.receive(subscribe("private-inbox"))).toEqual([]);
  session.receive(good);
  expect(seen(session.checked(true))).toEqual(["join"]);
  // Both replies are in one write.
  const answers = seen(session.joined({ rev: 4, heads: {} }));
  expect(answers).toEqual(["pusher:signin_success", "pusher_internal:subscription_succeeded"]);
  expect(session.joined({ rev: 4, heads: {} })).toEqual([]);
});

test("a client that unsubscribes early still gets the sign-in reply", () => {
  const session = open();
  session.receive(subscribe("private-inbox"));
  session.receive(good);
  session.checked(true);
  const unsubscribe = JSON.stringify({ event: "pusher:unsubscribe", data: { channel: "private-inbox" } });
  expect(seen(session.receive(unsubscribe))).toEqual(["pusher:signin_success", "leave"]);
  expect(session.joined({ rev: 4, heads: {} })).toEqual([]);
});

test("a forged sign-in, a second sign-in and an ended session close with 4009", () => {
  const forged = JSON.stringify({ event: "pusher:signin", data: { auth: "bad", user_data: "{}" } });
  expect(seen(open().receive(forged))).toEqual(["close 4009"]);
  const session = open();
  session.receive(good);
  expect(seen(session.receive(good))).toEqual(["close 4009"]);
  const ended = open();
  ended.receive(good);
  expect(seen(ended.checked(false))).toEqual(["close 4009"]);
});

test.each([
  "private-inbox2",
  "private-conversation1",
  "presence-x",
  "public",
  "#server-to-user-ben",
  "x private-inbox",
])("the channel %s is refused", (channel) => {
  const session = open();
  session.receive(good);
  session.checked(true);
  expect(seen(session.receive(subscribe(channel)))).toEqual(["pusher:subscription_error"]);
});

test("pings are answered, also before signing in", () => {
  expect(seen(open().receive('{"event":"pusher:ping","data":{}}'))).toEqual(["pusher:pong"]);
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"event":7}',
  '{"event":"pusher:subscribe"}',
  '{"event":"x"}',
  '{"event":"pusher:subscribe","data":"{"}',
])("the frame %j is an error without a code, and closes nothing", (text) => {
  expect(seen(open().receive(text))).toEqual(["error null"]);
});

test("repeated invalid frames close the connection", () => {
  const session = open();
  const last = Array.from({ length: 21 }, () => session.receive("rubbish")).at(-1);
  expect(seen(last ?? [])).toEqual(["close 4100"]);
});

test("a frame with __proto__ pollutes no prototype", () => {
  open().receive('{"event":"pusher:subscribe","data":{"channel":"private-inbox","__proto__":{"polluted":1}}}');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
