import { email, handle, mobile, type SignInInput } from "#contracts/accounts.ts";
import { checkPassword } from "#server/accounts/password.ts";
import { openBearer, openCookie } from "#server/accounts/sessions.ts";
import { type LoginKey, readByLogin } from "#server/accounts/store.ts";
import { type SelfRow, toSelf } from "#server/accounts/view.ts";
import { rates, spend } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/** What a person may call themselves at the door, read in the order of least doubt. */
export function readLogin(login: string): LoginKey | null {
  const text = login.trim();
  if (/^[1-9][0-9]{4,9}$/.test(text) && Number(text) <= 2_147_483_647) return { number: Number(text) };
  const asMobile = mobile.safeParse(text);
  if (asMobile.success) return { mobile: asMobile.data };
  const asEmail = email.safeParse(text);
  if (asEmail.success) return { email: asEmail.data };
  const asHandle = handle.safeParse(text.replace(/^@/, ""));
  return asHandle.success ? { handle: asHandle.data } : null;
}

/**
 * The one check of a password at the door, for cookie and bearer alike. Unknown names and wrong passwords are one
 * refusal, `credentials_wrong`, at one price in time. Throttled per name and per address before any hashing.
 */
async function requirePerson(address: string, input: SignInInput): Promise<SelfRow> {
  const login = input.login.trim().toLowerCase();
  await spend(`sign-in:${login}`, rates.signInPerLogin);
  await spend(`sign-in-from:${address}`, rates.signInPerAddress);
  const key = readLogin(login);
  const row = key && (await readByLogin(key));
  if (!(await checkPassword(row?.passwordHash ?? null, input.password)) || !row) throw new Refusal("credentials_wrong");
  return row;
}

/** For other frontends: a bearer token, shown this once. */
export async function signInForToken(address: string, input: SignInInput) {
  const row = await requirePerson(address, input);
  const { token, sessionId, expiresAt } = await openBearer(row.id, input.label ?? "");
  return { token, sessionId, expiresAt: expiresAt.toISOString(), person: toSelf(row) };
}

/** For the browser: the id of a session row, which next-auth puts into its cookie. */
export async function signInForCookie(address: string, input: SignInInput) {
  const row = await requirePerson(address, input);
  return { personId: row.id, sessionId: await openCookie(row.id, input.label ?? "") };
}
