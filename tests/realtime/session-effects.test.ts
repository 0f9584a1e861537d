import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Session } from "#realtime/session.ts";

const identity = { personId: "ann", sessionId: "s1" };
const say = (event: string, data?: unknown, channel?: string) => JSON.stringify({ event, channel, data });
const signIn = say("pusher:signin", { auth: "good", user_data: '{"id":"ann"}' });
const subscribe = (channel: string) => say("pusher:subscribe", { channel, auth: "" });
const unsubscribe = (channel: string) => say("pusher:unsubscribe", { channel });
const typing = (channel?: string) => say("client-typing", {}, channel);

const open = () => new Session("1.2", (socketId, auth) => (socketId === "1.2" && auth === "good" ? identity : null));
function signedIn(): Session {
  const session = open();
  session.receive(signIn);
  session.checked(true);
  return session;
}
function subscribed(): Session {
  const session = signedIn();
  session.receive(subscribe("private-inbox"));
  session.joined({});
  return session;
}

const error = (message: string, code: number | null = null) => [
  { type: "send", frame: `{"event":"pusher:error","data":{"message":"${message}","code":${code}}}` },
];
const close = (reason: string) => [{ type: "close", code: 4009, reason }];
const join = [{ type: "join", identity }];
const success = {
  type: "send",
  frame: '{"event":"pusher:signin_success","data":{"user_data":"{\\"id\\":\\"ann\\"}"}}',
};
const forbidden = (channel: string) => [
  {
    type: "send",
    frame: `{"event":"pusher:subscription_error","channel":"${channel}","data":{"type":"AuthError","error":"this channel is not yours","status":401}}`,
  },
];

// The limits count by the clock, which stands still here.
beforeEach(() => void vi.useFakeTimers({ now: 0, toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("the first frame contains the socket id and the activity timeout", () => {
  const data = '{\\"socket_id\\":\\"1.2\\",\\"activity_timeout\\":25}';
  expect(open().open()).toEqual([
    { type: "send", frame: `{"event":"pusher:connection_established","data":"${data}"}` },
  ]);
});

describe("signing in", () => {
  test("asks for a check of the session, then says so with the user's data", () => {
    const session = open();
    expect([session.claimedIdentity, session.signedIn]).toEqual([null, null]);
    expect(session.receive(signIn)).toEqual([{ type: "check", identity }]);
    expect([session.claimedIdentity, session.signedIn]).toEqual([identity, null]);
    expect(session.checked(true)).toEqual([success]);
    expect([session.claimedIdentity, session.signedIn]).toEqual([identity, identity]);
  });

  test("is answered once, and only when it was asked for", () => {
    const session = open();
    expect(session.checked(true)).toEqual([]);
    expect(session.checked(false)).toEqual([]);
    expect(session.signedIn).toBeNull();
    expect(signedIn().checked(true)).toEqual([]);
  });

  test("fails with the reason", () => {
    const forged = say("pusher:signin", { auth: "bad", user_data: "{}" });
    expect(open().receive(forged)).toEqual(close("the sign-in is not valid"));
    expect(open().receive(say("pusher:signin", { auth: "good" }))).toEqual(
      close("the sign-in has no auth and user_data"),
    );
    expect(signedIn().receive(signIn)).toEqual(close("signed in already"));
    const ended = open();
    ended.receive(signIn);
    expect(ended.checked(false)).toEqual(close("the session has ended"));
    expect(ended.signedIn).toBeNull();
  });
});

describe("the inbox", () => {
  test("is joined, and answered with the heads", () => {
    const session = signedIn();
    expect(session.receive(subscribe("private-inbox"))).toEqual(join);
    expect(session.receive(subscribe("private-inbox"))).toEqual([]);
    expect(session.joined({ rev: 4, heads: { room: 7 } })).toEqual([
      {
        type: "send",
        frame:
          '{"event":"pusher_internal:subscription_succeeded","channel":"private-inbox","data":"{\\"rev\\":4,\\"heads\\":{\\"room\\":7}}"}',
      },
    ]);
    expect(session.joined({ rev: 4, heads: {} })).toEqual([]);
  });

  test("is joined once more by a repeated subscription, for the current heads", () => {
    expect(subscribed().receive(subscribe("private-inbox"))).toEqual(join);
  });

  test("that was subscribed before the sign-in is joined with it", () => {
    const session = open();
    expect(session.joined({})).toEqual([]);
    session.receive(subscribe("private-inbox"));
    session.receive(signIn);
    expect(session.checked(true)).toEqual(join);
    expect(session.joined({})[0]).toEqual(success);
    expect(session.receive(subscribe("private-inbox"))).toEqual(join);
    expect(session.joined({})).toHaveLength(1);
  });

  test("is not joined while the session is being checked", () => {
    const session = open();
    session.receive(signIn);
    expect(session.receive(subscribe("private-inbox"))).toEqual([]);
    expect(session.joined({})).toEqual([]);
    expect(session.checked(true)).toEqual(join);
  });

  test("is left by unsubscribing, while it is joined and while it is being joined", () => {
    const session = subscribed();
    expect(session.receive(unsubscribe("private-inbox"))).toEqual([{ type: "leave" }]);
    expect(session.receive(unsubscribe("private-inbox"))).toEqual([]);
    session.receive(subscribe("private-inbox"));
    expect(session.receive(unsubscribe("private-inbox"))).toEqual([{ type: "leave" }]);
    expect(session.joined({})).toEqual([]);
  });

  test("is not left by unsubscribing something else", () => {
    const session = subscribed();
    expect(session.receive(unsubscribe("private-outbox"))).toEqual([]);
    expect(session.receive(say("pusher:unsubscribe", {}))).toEqual([]);
    expect(session.receive(unsubscribe("private-inbox"))).toEqual([{ type: "leave" }]);
  });

  test("that is no longer wanted at the sign-in is not joined", () => {
    const session = open();
    session.receive(subscribe("private-inbox"));
    session.receive(signIn);
    expect(session.receive(unsubscribe("private-inbox"))).toEqual([]);
    expect(session.checked(true)).toEqual([success]);
  });

  test("takes ten subscriptions at once, then one a second", () => {
    const session = signedIn();
    for (let at = 0; at < 10; at += 1) {
      expect(session.receive(subscribe("private-inbox"))).toEqual(join);
      session.joined({});
    }
    expect(session.receive(subscribe("private-inbox"))).toEqual(error("at most one subscription a second"));
    vi.setSystemTime(1_000);
    expect(session.receive(subscribe("private-inbox"))).toEqual(join);
  });
});

describe("other channels", () => {
  test("the user's own is answered, also while the sign-in is being checked", () => {
    const own = [
      {
        type: "send",
        frame: '{"event":"pusher_internal:subscription_succeeded","channel":"#server-to-user-ann","data":"{}"}',
      },
    ];
    const session = open();
    expect(session.receive(subscribe("#server-to-user-ann"))).toEqual(forbidden("#server-to-user-ann"));
    session.receive(signIn);
    expect(session.receive(subscribe("#server-to-user-ann"))).toEqual(own);
    session.checked(true);
    expect(session.receive(subscribe("#server-to-user-ann"))).toEqual(own);
    expect(session.receive(subscribe("#server-to-user-ben"))).toEqual(forbidden("#server-to-user-ben"));
  });

  test("a conversation's is looked up for those who are signed in", () => {
    const channel = "private-conversation-room";
    const session = open();
    session.receive(signIn);
    expect(session.receive(subscribe(channel))).toEqual(forbidden(channel));
    session.checked(true);
    expect(session.receive(subscribe(channel))).toEqual([
      { type: "subscribeConversation", identity, channel, conversationId: "room" },
    ]);
  });

  test("a subscription without a channel is an error", () => {
    expect(open().receive(say("pusher:subscribe", {}))).toEqual(error("the subscription names no channel"));
  });
});

describe("a call", () => {
  const call = { id: "1", path: "messages.page", input: { a: 1 } };
  test("is handed on for those who are signed in", () => {
    expect(signedIn().receive(say("im:call", call))).toEqual([{ type: "call", identity, call }]);
  });
  test("needs a sign-in, an id and a path", () => {
    expect(open().receive(say("im:call", call))).toEqual(error("sign in before calling"));
    expect(signedIn().receive(say("im:call", { id: "1" }))).toEqual(error("the call has no id and path"));
  });
});

describe("typing", () => {
  const channel = "private-conversation-room";
  test("is handed on, ten at once, then one a second", () => {
    const session = signedIn();
    for (let at = 0; at < 10; at += 1) {
      expect(session.receive(typing(channel))).toEqual([{ type: "typing", identity, conversationId: "room" }]);
    }
    expect(session.receive(typing(channel))).toEqual(error("at most one sign of typing a second", 4301));
    vi.setSystemTime(1_000);
    expect(session.receive(typing(channel))).toHaveLength(1);
  });

  test.each([
    ["before the sign-in", open, channel],
    ["in another channel", signedIn, "private-inbox"],
    ["without a channel", signedIn, undefined],
  ])("is refused %s", (_, start, where) => {
    const why = "client-typing is for members, on the conversation's channel";
    expect(start().receive(typing(where))).toEqual(error(why, 4301));
  });
});

test("other frames have their answers", () => {
  const session = open();
  expect(session.receive(say("pusher:ping", {}))).toEqual([
    { type: "send", frame: '{"event":"pusher:pong","data":{}}' },
  ]);
  expect(session.receive(say("pusher:pong", {}))).toEqual([]);
  expect(session.receive(say("client-waving", {}))).toEqual(error("no such client event", 4301));
  expect(session.receive(say("x", {}))).toEqual(error("unknown event"));
  expect(session.receive("rubbish")).toEqual(error("the frame is not an event of the Pusher protocol"));
});
