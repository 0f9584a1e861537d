import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf } from "#contracts/channels.ts";
import { closeCodes } from "#contracts/pusher.ts";
import { readFrame } from "#realtime/frames.ts";
import { PusherSession } from "#realtime/pusher/session.ts";
import { authorizeSubscription } from "#realtime/pusher/subscription.ts";
import { Session } from "#realtime/session.ts";
import { newApp } from "#tests/realtime/_app.ts";

const runs = { numRuns: 2_000 };
const app = newApp();
const sign = (text: string) => `${app.key}:${createHmac("sha256", app.secret).update(text).digest("hex")}`;
const socketId = "123.456";

const hostileKeys = ["__proto__", "constructor", "toString", "event", "channel", "data", "auth", "channel_data"];
const hostile = fc.oneof(
  fc.anything({ withNullPrototype: true, maxDepth: 4 }),
  fc.dictionary(fc.constantFrom(...hostileKeys), fc.anything({ maxDepth: 2 })),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom(null, -1, 0, Number.POSITIVE_INFINITY, Number.NaN, "", "\ud800", "\u0000", "x".repeat(10_000), [
    [[[]]],
  ]),
);
const channelName = fc.oneof(
  fc.constantFrom(
    ...[
      "private-inbox",
      "Private-inbox",
      "private-inbox ",
      "private\u2010inbox",
      "private-inb\u043ex",
      "private-inbox\u0000",
    ],
    ...["presence-room", "private-encrypted-box", "cache-x", "#server-to-user-ann", "#server-to-user-", "#online", ""],
    ...["x".repeat(200), "x".repeat(201), "__proto__", "private-%2e", ":user::{}", "a b"],
  ),
  fc.string({ unit: "binary", maxLength: 220 }),
);
const eventName = fc.oneof(
  fc.constantFrom(
    ...["pusher:signin", "pusher:subscribe", "pusher:unsubscribe", "pusher:ping", "pusher:pong", "im:call"],
    ...["client-x", "client-", "pusher:error", "pusher_internal:subscription_succeeded", "im:result", "__proto__"],
  ),
  fc.string({ maxLength: 220 }),
);
/** Frames that are nearly right, and text that is nothing. */
const frame = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.record({ event: eventName, channel: channelName, data: hostile }, { requiredKeys: [] }).map(stringify),
  fc
    .record({
      event: eventName,
      data: fc.record({ channel: channelName, auth: hostile, channel_data: hostile }, { requiredKeys: [] }),
    })
    .map(stringify),
  fc.record({ event: eventName, data: fc.json() }).map(stringify),
  fc.nat({ max: 8_000 }).map((depth) => `{"event":"client-x","data":${"[".repeat(depth)}${"]".repeat(depth)}}`),
);

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return ""; // fast-check's bigints and rings have no JSON
  }
}

const documented = new Set<number>(Object.values(closeCodes));
const answers =
  /^(pusher:(connection_established|error|pong|signin_success|subscription_error)|pusher_internal:subscription_succeeded)$/;

type AnyEffect = { type: string; frame?: string; code?: number };

/** Whatever comes in, what goes out is documented. */
function checkEffects(effects: readonly AnyEffect[]): void {
  for (const effect of effects) {
    if (effect.type === "close") expect(documented).toContain(effect.code);
    if (effect.type !== "send") continue;
    const said = JSON.parse(effect.frame ?? "");
    expect(said.event).toMatch(answers);
    // 43xx are said about a frame; every other code is the fate of the connection, which is closed with it.
    if (said.event === "pusher:error") expect([null, 4301, 4302]).toContain(said.data.code);
  }
}

test("our own app: no frame breaks a session, and without a proof nothing is let in", () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 30 }), (frames) => {
      const session = new Session(socketId, () => null);
      for (const text of frames) {
        const effects = session.receive(text);
        checkEffects(effects);
        for (const { type } of effects) expect(["send", "close"]).toContain(type);
      }
      expect(session.signedIn).toBeNull();
    }),
    runs,
  );
});

test("apps of others: no frame breaks a session, and without a signature only public channels are joined", () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 30 }), (frames) => {
      const session = new PusherSession(socketId, app, 0);
      for (const text of frames) {
        // JSON that is nested thousands deep may be more than the stack holds: the socket is closed, see sockets.ts.
        let effects: ReturnType<PusherSession["receive"]> = [];
        try {
          effects = session.receive(text, 0);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
        checkEffects(effects);
        for (const effect of effects) {
          if (effect.type === "join") expect(kindOf(effect.channel)).toBe("public");
          expect(effect.type).not.toBe("online");
        }
      }
    }),
    runs,
  );
});

test("a signature opens exactly the channel, the socket and the data that it was made for", () => {
  const name = fc.stringMatching(/^(private|presence)-[a-zA-Z0-9_=@,.;-]{1,30}$/);
  const data = fc.option(
    fc.record({ user_id: fc.string({ minLength: 1, maxLength: 10 }) }).map((one) => JSON.stringify(one)),
    { nil: undefined },
  );
  const textOf = (socket: string, channel: string, said: string | undefined) =>
    said === undefined ? `${socket}:${channel}` : `${socket}:${channel}:${said}`;
  fc.assert(
    fc.property(name, name, data, data, (channel, other, said, otherSaid) => {
      const auth = sign(textOf(socketId, channel, said));
      const result = authorizeSubscription(app, socketId, null, { channel, auth, channel_data: said });
      const isComplete = channel.startsWith("private-") || said !== undefined;
      expect("member" in result).toBe(isComplete);
      const same = other === channel && otherSaid === said;
      const onOtherChannel = authorizeSubscription(app, socketId, null, {
        channel: other,
        auth,
        channel_data: otherSaid,
      });
      if (!same) expect(onOtherChannel).toMatchObject({ type: "AuthError", status: 401 });
      const onOtherSocket = authorizeSubscription(app, "123.457", null, { channel, auth, channel_data: said });
      expect(onOtherSocket).toMatchObject({ type: "AuthError" });
      const flipped = `${auth.slice(0, -1)}${auth.endsWith("0") ? "1" : "0"}`;
      expect(authorizeSubscription(app, socketId, null, { channel, auth: flipped, channel_data: said })).toHaveProperty(
        "error",
      );
    }),
    { numRuns: 500 },
  );
});

test("no signature of a channel is a sign-in, whatever the channel is called", () => {
  const hostileName = fc.oneof(fc.constant(':user::{"id":"victim"}'), channelName);
  fc.assert(
    fc.property(hostileName, (channel) => {
      // A backend that signs without looking makes this text; ours refuses the name before it signs.
      const session = new PusherSession(socketId, app, 0);
      const userData = '{"id":"victim"}';
      const auth = sign(`${socketId}:${channel}`);
      const effects = session.receive(
        JSON.stringify({ event: "pusher:signin", data: { auth, user_data: userData } }),
        0,
      );
      if (channel !== `:user::${userData}`) expect(session.user).toBeNull();
      else expect(kindOf(channel)).toBeNull();
      checkEffects(effects);
    }),
    { numRuns: 500 },
  );
});

test("a frame is read or not, never thrown", () => {
  fc.assert(
    fc.property(fc.oneof(frame, fc.string({ unit: "binary" })), (text) => {
      const read = readFrame(text);
      if (read) expect(typeof read.event).toBe("string");
    }),
    runs,
  );
});
