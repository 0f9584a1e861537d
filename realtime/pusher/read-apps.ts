import * as z from "zod/mini";
import { isWebAddress } from "#contracts/web-address.ts";
import { type AppSettings, webhookEventNames } from "#realtime/pusher/settings.ts";
import { EnvironmentError } from "#server/env.ts";

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;
const matching = (pattern: RegExp, expected: string) => z.string(expected).check(z.regex(pattern, expected));
const flag = (fallback: boolean) => z._default(z.boolean("must be true or false"), fallback);
const wholeText = "must be a whole number, 1 or more";
const count = (fallback: number) => z._default(z.int(wholeText).check(z.positive(wholeText)), fallback);

const addressText = "must be an address that begins with http:// or https://";
const eventText = `must be a list of some of these: ${webhookEventNames.join(", ")}`;
const headerText = "must be an object: names of headers (letters, digits, -) and their values (plain ASCII)";
const webhook = z.strictObject(
  {
    url: z.string(addressText).check(z.refine(isWebAddress, addressText)),
    events: z._default(z.array(z.enum(webhookEventNames, eventText), eventText), [...webhookEventNames]),
    headers: z._default(
      z.record(
        z.string().check(z.regex(/^[A-Za-z0-9-]+$/, headerText)),
        matching(/^[\x20-\x7e]*$/, headerText),
        headerText,
      ),
      {},
    ),
    batch: flag(false),
  },
  { error: objectText("url, events, headers, batch") },
);

const originText = 'must be "any" or a list of exact origins like ["https://www.example.com"]';
const secretText = "must be a text of 1 character or more; 16 or more are hard to guess";
const fields = {
  id: matching(/^[A-Za-z0-9_-]{1,64}$/, 'must be a text of digits, like "42" (letters, - and _ are accepted)'),
  key: matching(/^[A-Za-z0-9_-]{1,100}$/, "must be a text of letters, digits, - and _"),
  secret: z.string(secretText).check(z.minLength(1, secretText)),
  secretPrevious: z.optional(z.string(secretText).check(z.minLength(1, secretText))),
  enabled: flag(true),
  origins: z._default(
    z.union([z.literal("any"), z.array(z.string().check(z.refine(isOrigin, originText)))], originText),
    "any" as const,
  ),
  clientEvents: flag(false),
  authorizedConnections: flag(false),
  maxConnections: count(10_000),
  maxPresenceMembers: count(100),
  webhooks: z._default(z.array(webhook, "must be a list of webhooks"), []),
};
const app = z.strictObject(fields, { error: objectText(Object.keys(fields).join(", ")) });

/** Message for a value that is not an object, and for an unknown field. */
function objectText(names: string) {
  return (issue: { code?: string | undefined; keys?: unknown }) =>
    issue.code === "unrecognized_keys"
      ? `is not a field that exists; there are ${names}`
      : `must be an object with these fields: ${names}`;
}

/**
 * Parses the apps in PUSHER_APPS or in the file of PUSHER_APPS_FILE; `source` names which. Throws an EnvironmentError
 * that names app, field and expected value for each fault. It repeats no value, because secrets are among them.
 */
export function readApps(text: string, source = "PUSHER_APPS"): AppSettings[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const at = /position \d+/.exec(String(error))?.[0];
    throw new EnvironmentError(
      `${source} is not JSON${at ? ` (at ${at})` : ""}; it must be a list like [{"id":"42","key":"…","secret":"…"}]`,
    );
  }
  if (!Array.isArray(json)) throw new EnvironmentError(`${source} must be a list of apps, with [ and ] around them`);
  const read = z.safeParse(z.array(app), json);
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => {
    const [at, ...path] = issue.path;
    const where = [...path, ...("keys" in issue ? [issue.keys.join(", ")] : [])].join(".");
    return `  ${nameOf(json, Number(at))}${where === "" ? "" : `, field "${where}"`}: ${issue.message}`;
  });
  throw new EnvironmentError(`${source} has faults:\n${lines.join("\n")}`);
}

/** For example "app 2 (id 42)"; without the id when it is not valid. */
function nameOf(json: readonly unknown[], at: number): string {
  const one = json[at];
  const id = typeof one === "object" && one !== null && "id" in one ? fields.id.safeParse(one.id) : undefined;
  return `app ${at + 1}${id?.success ? ` (id ${id.data})` : ""}`;
}

/** Throws an EnvironmentError when two apps share an id or a key; `own` is the messenger's. */
export function rejectDuplicates(apps: readonly AppSettings[], own: { id: string; key: string }): void {
  for (const field of ["id", "key"] as const) {
    const holders = new Map([[own[field], `IMChat itself (${field === "id" ? "REALTIME_APP_ID" : "REALTIME_KEY"})`]]);
    for (const [at, one] of apps.entries()) {
      const name = `app ${at + 1} (id ${one.id})`;
      const holder = holders.get(one[field]);
      if (holder) throw new EnvironmentError(`PUSHER_APPS: ${name}, field "${field}": is taken by ${holder} already`);
      holders.set(one[field], name);
    }
  }
}

/** Warnings about accepted but unwise settings, for the log and for `npm run doctor`. */
export function warningsOf(apps: readonly AppSettings[]): string[] {
  return apps.flatMap(({ id, key, secret, secretPrevious }) => {
    const say = (field: string, why: string) => `PUSHER_APPS: app ${id}, field "${field}": ${why}`;
    const isShort = [secret, secretPrevious].some((one) => one !== undefined && one.length < 16);
    return [
      ...(/^\d+$/.test(id) ? [] : [say("id", "is not digits; some server libraries read a number out of it")]),
      ...(key.length < 8 ? [say("key", "is shorter than 8 characters; others may find it by trying")] : []),
      ...(isShort ? [say("secret", "is shorter than 16 characters; others may find it by trying")] : []),
    ];
  });
}
