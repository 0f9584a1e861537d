import { createHash } from "node:crypto";
import { email, handle, imNumber, mobile, type SignInInput } from "#contracts/accounts.ts";
import { foldTyped } from "#contracts/typed.ts";
import { readDevice, withPerson, writeDevice } from "#server/accounts/devices.ts";
import { findPassword } from "#server/accounts/password.ts";
import { openBearer, openCookie } from "#server/accounts/sessions.ts";
import { type Holder, type LoginKey, mostHolders, readHolders } from "#server/accounts/store.ts";
import { toSelf } from "#server/accounts/view.ts";
import { countFailures, giveBack, type Rate, rates, take } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/** Where a sign-in comes from: its address, and what the browser or program kept of an earlier one. */
export type Visitor = { address: string; device?: string | undefined };

/** What a person may call themselves at the door, read in the order of least doubt. */
export function readLogin(login: string): LoginKey | null {
  const text = foldTyped(login);
  const asNumber = imNumber.safeParse(text);
  if (asNumber.success) return { number: asNumber.data };
  const asMobile = mobile.safeParse(text);
  if (asMobile.success) return { mobile: asMobile.data };
  const asEmail = email.safeParse(text);
  if (asEmail.success) return { email: asEmail.data };
  const asHandle = handle.safeParse(text.replace(/^@/, ""));
  return asHandle.success ? { handle: asHandle.data } : null;
}

const ofPerson = (personId: string): [string, Rate] => [`sign-in:${personId}`, rates.signInPerLogin];
/** Every way to write a login that means the same is one bucket; the digest bounds its length. */
const ofLogin = (key: LoginKey | string): [string, Rate] => {
  const text = JSON.stringify(key);
  return [`sign-in:${createHash("sha256").update(text).digest("base64url")}`, rates.signInPerLogin];
};

/**
 * The one check of a password at the door, for cookie and bearer alike. Unknown names and wrong passwords are one
 * refusal, `invalid_credentials`, at one price in time. Wrong guesses are counted per person, whatever the login is, and
 * per address (`rate_limited`); where a person signed in before, theirs are counted apart, so strangers cannot lock them
 * out.
 */
async function requirePerson(visitor: Visitor, input: SignInInput): Promise<{ row: Holder; device: string }> {
  const key = readLogin(input.login);
  const holders = key ? await readHolders(key) : [];
  const device = readDevice(visitor.device);
  const known = device ? holders.find(({ id }) => device.personIds.includes(id)) : undefined;
  // A handle and a number are public and one person's, so their bucket is the person's. A mobile number or an e-mail
  // address
  // has one of its own: that it is exhausted must not tell which account it belongs to.
  const isPublic = key !== null && ("handle" in key || "number" in key);
  const [holder] = holders;
  const stranger = isPublic && holder ? ofPerson(holder.id) : ofLogin(key ?? foldTyped(input.login).toLowerCase());
  const buckets: [string, Rate][] =
    device && known
      ? [[`sign-in-device:${device.id}:${known.id}`, rates.signInPerDevice]]
      : [[`sign-in-from:${visitor.address}`, rates.signInPerAddress], stranger];
  return countFailures(buckets, async () => {
    const matching = isPublic || key === null ? findOne : findAmong;
    const row = await matching(visitor.address, holders, known, input.password);
    if (!row) throw new Refusal("invalid_credentials");
    return { row, device: writeDevice(withPerson(device, row.id)) };
  });
}

type Find = (lane: string, holders: Holder[], known: Holder | undefined, password: string) => Promise<Holder | null>;

const findOne: Find = async (lane, [holder], _known, password) =>
  (await findPassword(lane, [holder?.passwordHash ?? null], password)) === 0 && holder ? holder : null;

/**
 * Unverified mobile numbers and e-mail addresses may be several people's: each is tried, and as many as there may be, so
 * that the time does not tell how many there are. A holder with an empty bucket is skipped silently.
 */
const findAmong: Find = async (lane, holders, known, password) => {
  const slots = Array.from({ length: mostHolders }, (_, at) => {
    const holder = holders[at];
    return { holder, bucket: holder ? ofPerson(holder.id) : ofLogin(`unknown ${at} ${lane}`) };
  });
  const open: { holder: Holder | undefined; bucket: [string, Rate] | null }[] = [];
  for (const { holder, bucket } of slots) {
    const isTaken = (await take(...bucket)) === 0;
    open.push({ holder: isTaken || holder === known ? holder : undefined, bucket: isTaken ? bucket : null });
  }
  const hashes = open.map(({ holder }) => holder?.passwordHash ?? null);
  const found = open[await findPassword(lane, hashes, password)];
  // Of the others it was a guess.
  if (found?.bucket) await giveBack(...found.bucket);
  return found?.holder ?? null;
};

/** For other frontends: a bearer token and a device token, each shown this once. */
export async function signInForToken(visitor: Visitor, input: SignInInput) {
  const { row, device } = await requirePerson({ ...visitor, device: input.device }, input);
  const { token, sessionId, expiresAt } = await openBearer(row, input.label ?? "");
  return { token, sessionId, expiresAt: expiresAt.toISOString(), device, person: toSelf(row) };
}

/** For the browser: the id of a session row, which next-auth puts into its cookie, and the device for another. */
export async function signInForCookie(visitor: Visitor, input: SignInInput) {
  const { row, device } = await requirePerson(visitor, input);
  return { personId: row.id, sessionId: await openCookie(row, input.label ?? ""), device };
}
