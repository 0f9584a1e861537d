/** Absent, null and empty are equal wherever the Pusher protocol permits a missing value. */
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import PusherClient from "pusher-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PusherSession } from "#realtime/pusher/session.ts";
import { Session } from "#realtime/session.ts";
import type { Worker } from "#realtime/worker.ts";
import { closeDatabase } from "#tests/_people.ts";
import { backendOf, clientOf, newApp, next, startAppWorker, subscribed } from "#tests/realtime/_app.ts";

const app = newApp();
const socketId = "123.456";
const sign = (text: string) => `${app.key}:${createHmac("sha256", app.secret).update(text).digest("hex")}`;

/** The same object with a field that is missing, null, and empty. */
const blanks = (field: string, rest: object) => [
  { label: "absent", value: rest },
  { label: "null", value: { ...rest, [field]: null } },
  { label: "empty", value: { ...rest, [field]: "" } },
];

let worker: Worker;
beforeAll(async () => {
  worker = await startAppWorker([app]);
});
afterAll(async () => {
  await worker.close();
  await closeDatabase();
});

describe.each(["pusher:ping", "pusher:pong"])("%s", (event) => {
  // As SDKs send it: an empty text in Python, Dart and Swift; nothing, null, an object, or text of an object in others.
  test.each([
    `{"event": "${event}", "data": ""}`,
    `{"event":"${event}","data":null}`,
    `{"event":"${event}"}`,
    `{"event":"${event}","data":{},"channel":null}`,
    `{"event":"${event}","data":"{}","channel":""}`,
    `{"event":"${event}","data":"alive"}`,
  ])("an event with data %s is accepted", (text) => {
    const pong = { type: "send", frame: '{"event":"pusher:pong","data":{}}' };
    const expected = event === "pusher:ping" ? [pong] : [];
    expect(new PusherSession(socketId, app).receive(text)).toEqual(expected);
    expect(new Session(socketId, () => null).receive(text)).toEqual(expected);
  });
});

const subscribe = (data: object) => JSON.stringify({ event: "pusher:subscribe", data });
const signedIn = (userData: object) => {
  const session = new PusherSession(socketId, app);
  const user_data = JSON.stringify(userData);
  const data = { auth: sign(`${socketId}::user::${user_data}`), user_data };
  session.receive(JSON.stringify({ event: "pusher:signin", data }));
  return session;
};

test.each(blanks("auth", { channel: "news" }))("a public channel with auth $label is accepted", ({ value }) => {
  expect(new PusherSession(socketId, app).receive(subscribe(value))).toEqual([
    { type: "join", channel: "news", member: null },
  ]);
});

test.each(blanks("channel_data", { channel: "private-news", auth: sign(`${socketId}:private-news`) }))(
  "a private channel with channel_data $label is accepted",
  ({ value }) => {
    expect(new PusherSession(socketId, app).receive(subscribe(value))).toEqual([
      { type: "join", channel: "private-news", member: null },
    ]);
  },
);

test.each(blanks("channel_data", { channel: "presence-room", auth: sign(`${socketId}:presence-room`) }))(
  "a presence channel of a signed-in user with channel_data $label is accepted",
  ({ value }) => {
    expect(signedIn({ id: "ann" }).receive(subscribe(value))).toEqual([
      { type: "join", channel: "presence-room", member: { userId: "ann", info: "" } },
    ]);
  },
);

test.each(blanks("user_info", { user_id: 7 }))("a member with user_info $label is accepted", ({ value }) => {
  const channel_data = JSON.stringify(value);
  const auth = sign(`${socketId}:presence-room:${channel_data}`);
  const frame = subscribe({ channel: "presence-room", auth, channel_data });
  expect(new PusherSession(socketId, app).receive(frame)).toEqual([
    { type: "join", channel: "presence-room", member: { userId: "7", info: "" } },
  ]);
});

test.each(blanks("user_info", { id: "ann", watchlist: null }))(
  "a sign-in with user_info $label is accepted",
  ({ value }) => {
    expect(signedIn(value).user).toMatchObject({ id: "ann", info: undefined, watchlist: [] });
  },
);

test.each(blanks("data", { event: "client-wave", channel: "private-news" }))(
  "a client event with data $label is accepted",
  ({ value }) => {
    const session = new PusherSession(socketId, app);
    session.receive(subscribe({ channel: "private-news", auth: sign(`${socketId}:private-news`) }));
    session.subscribed("private-news");
    const trigger = { type: "trigger", channel: "private-news", name: "client-wave", data: "{}", userId: undefined };
    expect(session.receive(JSON.stringify(value))).toEqual([trigger]);
  },
);

/** Posted unchanged by the library, which signs them. */
const post = (path: string, body: object) => backendOf(app, worker.port).post({ path, body: body as never });
const statusOf = (path: string, body: object) =>
  post(path, body).then(
    (answer) => answer.status,
    (error: { status: number }) => error.status,
  );

test.each([
  ...["socket_id", "info", "channel"].flatMap((field) =>
    blanks(field, { name: "said", channels: ["lobby"], data: "x" }),
  ),
  ...blanks("channels", { name: "said", channel: "lobby", data: "x" }),
  { label: "an empty list", value: { name: "said", channel: "lobby", channels: [], data: "x" } },
  ...blanks("data", { name: "said", channels: ["lobby"] }),
])("a trigger is accepted: $value", async ({ value }) => {
  expect(await statusOf("/events", value)).toBe(200);
});

test.each(["socket_id", "info"].flatMap((field) => blanks(field, { name: "said", channel: "lobby", data: "x" })))(
  "a batch event is accepted: $value",
  async ({ value }) => {
    expect(await statusOf("/batch_events", { batch: [value] })).toBe(200);
  },
);

test.each(["name", "channels"])(
  "a trigger with a blank %s is refused, whether it is missing, null or empty",
  async (field) => {
    const { [field]: _, ...rest } = { name: "said", channels: ["lobby"], data: "x" } as Record<string, unknown>;
    for (const { value } of blanks(field, rest)) expect(await statusOf("/events", value)).toBe(400);
  },
);

test.each(["", "info=", "filter_by_prefix=", "info=&filter_by_prefix="])(
  "a query with ?%s is answered",
  async (query) => {
    const params = Object.fromEntries(new URLSearchParams(query));
    expect((await backendOf(app, worker.port).get({ path: "/channels", params })).status).toBe(200);
  },
);

test("pusher-js subscribes when the authorization endpoint answers null for unused fields", async () => {
  const backend = backendOf(app, worker.port);
  const endpoint = createServer((request, response) => {
    let form = "";
    request.on("data", (chunk) => {
      form += chunk;
    });
    request.on("end", () => {
      const fields = new URLSearchParams(form);
      const { auth } = backend.authorizeChannel(fields.get("socket_id") ?? "", fields.get("channel_name") ?? "");
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ auth, channel_data: null, shared_secret: null }));
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  const page = new PusherClient(app.key, {
    cluster: "self",
    wsHost: "127.0.0.1",
    wsPort: worker.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/pusher/auth`,
      transport: "ajax",
    },
  });
  await subscribed(page.subscribe("private-news"));
  page.disconnect();
  endpoint.close();
});

test("a numeric user_id is sent as text everywhere", async () => {
  const backend = backendOf(app, worker.port);
  const page = clientOf(app, worker.port, { id: "8" });
  const room = page.subscribe("presence-numbers");
  await subscribed(room);
  const added = next<{ id: unknown }>(room, "pusher:member_added");
  const other = new PusherClient(app.key, {
    cluster: "self",
    wsHost: "127.0.0.1",
    wsPort: worker.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      // The library's types require text; backends in other languages send the type that their tables have.
      customHandler: ({ socketId, channelName }, answer) => {
        const channel_data = '{"user_id":7}';
        answer(null, { auth: sign(`${socketId}:${channelName}:${channel_data}`), channel_data });
      },
    },
  });
  const theirs = other.subscribe("presence-numbers") as ReturnType<typeof other.subscribe> & {
    members: { myID: unknown; members: object };
  };
  await subscribed(theirs);
  expect((await added).id).toBe("7");
  expect(theirs.members.members).toEqual({ 7: null, 8: {} });
  const { users } = await (await backend.get({ path: "/channels/presence-numbers/users" })).json();
  expect(users.map(({ id }: { id: unknown }) => id).sort()).toEqual(["7", "8"]);
  for (const one of [page, other]) one.disconnect();
});

test.each([2 ** 53, 1.5, -0.5, 1e21])("the number %d is refused as user_id, because it may not be exact", (user_id) => {
  const channel_data = JSON.stringify({ user_id });
  const auth = sign(`${socketId}:presence-room:${channel_data}`);
  const [effect] = new PusherSession(socketId, app).receive(
    subscribe({ channel: "presence-room", auth, channel_data }),
  );
  expect(effect?.type === "send" && JSON.parse(effect.frame).event).toBe("pusher:subscription_error");
});
