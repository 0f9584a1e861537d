import { expect, test } from "vitest";
import { readApps, rejectDuplicates, warningsOf } from "#realtime/pusher/read-apps.ts";

const good = { id: "42", key: "my-app-key", secret: "a-long-random-secret" };
const faultOf = (settings: unknown): string => {
  try {
    readApps(typeof settings === "string" ? settings : JSON.stringify(settings));
    return "none";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test("omitted fields have their defaults", () => {
  expect(readApps(JSON.stringify([good]))).toEqual([
    {
      ...good,
      enabled: true,
      origins: "any",
      clientEvents: false,
      authorizedConnections: false,
      maxConnections: 10_000,
      maxPresenceMembers: 100,
      webhooks: [],
    },
  ]);
  const [app] = readApps(JSON.stringify([{ ...good, webhooks: [{ url: "http://127.0.0.1:8000/hook" }] }]));
  expect(app?.webhooks[0]).toMatchObject({ batch: false, headers: {} });
  expect(app?.webhooks[0]?.events).toHaveLength(6);
});

const second = (change: object) => [good, { ...good, id: "43", key: "other-key", ...change }];

test.each<[string, unknown, string]>([
  ["no JSON", "[{", "PUSHER_APPS is not JSON"],
  ["no list", good, "PUSHER_APPS must be a list of apps, with [ and ] around them"],
  ["an app that is not an object", [good, "43"], "app 2: must be an object with these fields: id, key, secret"],
  ["no id", second({ id: undefined }), 'app 2, field "id": must be a text of digits, like "42"'],
  ["an id that is a number", second({ id: 43 }), 'app 2, field "id": must be a text of digits, like "42"'],
  ["no key", second({ key: undefined }), 'app 2 (id 43), field "key": must be a text of letters, digits, - and _'],
  ["a key with a space", second({ key: "a b" }), 'app 2 (id 43), field "key": must be a text of letters'],
  ["no secret", second({ secret: undefined }), 'app 2 (id 43), field "secret": must be a text of 1 character or more'],
  ["a flag that is text", second({ clientEvents: "yes" }), 'field "clientEvents": must be true or false'],
  ["a count of zero", second({ maxConnections: 0 }), 'field "maxConnections": must be a whole number, 1 or more'],
  [
    "an origin with a path",
    second({ origins: ["https://a.example/"] }),
    'field "origins.0": must be "any" or a list of',
  ],
  [
    "an unknown field",
    second({ sekret: "x" }),
    'field "sekret": is not a field that exists; there are id, key, secret',
  ],
  ["webhooks that are not a list", second({ webhooks: {} }), 'field "webhooks": must be a list of webhooks'],
  [
    "a webhook to ftp",
    second({ webhooks: [{ url: "ftp://a.example" }] }),
    'field "webhooks.0.url": must be an address that begins with http:// or https://',
  ],
  [
    "an unknown event",
    second({ webhooks: [{ url: "https://a.example", events: ["gone"] }] }),
    'field "webhooks.0.events.0": must be a list of some of these: channel_occupied',
  ],
  [
    "an unknown field of a webhook",
    second({ webhooks: [{ url: "https://a.example", batches: true }] }),
    'field "webhooks.0.batches": is not a field that exists; there are url, events, headers, batch',
  ],
])("the error for %s names app, field and expected value", (_, settings, fault) => {
  expect(faultOf(settings)).toContain(fault);
});

test("no error message contains a secret", () => {
  const secret = "topsecret topsecret";
  for (const settings of [
    `[{"secret":"${secret}"`,
    [{ ...good, secret, key: secret }],
    [{ ...good, origins: [secret] }],
  ]) {
    expect(faultOf(settings)).not.toContain("topsecret");
  }
});

test("a duplicate id or key is refused, also the messenger's own", () => {
  const own = { id: "1", key: "own-key-of-imchat" };
  const refusal = (apps: object[]) => () => rejectDuplicates(readApps(JSON.stringify(apps)), own);
  expect(refusal(second({}))).not.toThrow();
  expect(refusal(second({ id: "42" }))).toThrow('app 2 (id 42), field "id": is taken by app 1 (id 42) already');
  expect(refusal(second({ key: "my-app-key" }))).toThrow('field "key": is taken by app 1 (id 42) already');
  expect(refusal([{ ...good, id: "1" }])).toThrow("is taken by IMChat itself (REALTIME_APP_ID) already");
  expect(refusal([{ ...good, key: own.key }])).toThrow("is taken by IMChat itself (REALTIME_KEY) already");
});

test("settings that other servers accept are accepted with a warning", () => {
  expect(warningsOf(readApps(JSON.stringify([good])))).toEqual([]);
  const short = readApps('[{"id":"app-id","key":"app-key","secret":"app-secret"},{"id":"2","key":"k","secret":"s"}]');
  expect(warningsOf(short)).toEqual([
    'PUSHER_APPS: app app-id, field "id": is not digits; some server libraries read a number out of it',
    'PUSHER_APPS: app app-id, field "key": is shorter than 8 characters; others may find it by trying',
    'PUSHER_APPS: app app-id, field "secret": is shorter than 16 characters; others may find it by trying',
    'PUSHER_APPS: app 2, field "key": is shorter than 8 characters; others may find it by trying',
    'PUSHER_APPS: app 2, field "secret": is shorter than 16 characters; others may find it by trying',
  ]);
});
