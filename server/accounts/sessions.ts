import { createHash, randomBytes } from "node:crypto";
import type { SessionItem } from "#contracts/accounts.ts";
import { insertSession, type NewSession, revokeRows } from "#server/accounts/in-transaction/store.ts";
import { readLiveSession, readLiveSessions, touchSession } from "#server/accounts/store.ts";
import { toSessionItem } from "#server/accounts/view.ts";
import { publish } from "#server/bus/publish.ts";
import { type Tx, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

const tokenPrefix = "imc_";
/** A session in use slides its thirty days at most this often. */
const touchEveryMs = 5 * 60_000;

/** Session ids in one envelope: 4 KB, half of what a notification takes. */
const idsTold = 100;

const hashToken = (token: string) => new Uint8Array(createHash("sha256").update(token).digest());

/** The person who gave the right password, and the hash that it was compared with. */
type Verified = { id: string; passwordHash: string };

/** Refuses `invalid_credentials` when the password was changed since it was compared. */
async function open(person: Verified, session: Pick<NewSession, "kind" | "tokenHash" | "label">) {
  const { id: personId, passwordHash } = person;
  const row = await transaction((tx) => insertSession(tx, { ...session, personId, passwordHash }));
  if (!row) throw new Refusal("invalid_credentials");
  return row;
}

/** 256 random bits; only the hash is kept. */
export async function openBearer(person: Verified, label: string) {
  const token = tokenPrefix + randomBytes(32).toString("base64url");
  const row = await open(person, { kind: "bearer", tokenHash: hashToken(token), label });
  return { token, sessionId: row.id, expiresAt: row.expiresAt };
}

export async function openCookie(person: Verified, label: string): Promise<string> {
  return (await open(person, { kind: "cookie", tokenHash: null, label })).id;
}

/** Who holds this credential, if it still stands. One indexed read; slides the expiry now and then. */
export async function checkSession(credential: { cookieSessionId: string } | { token: string }): Promise<Me | null> {
  const session = await readLiveSession(
    "token" in credential
      ? { tokenHash: hashToken(credential.token) }
      : { id: credential.cookieSessionId, kind: "cookie" },
  );
  if (!session) return null;
  if (Date.now() - session.lastUsedAt.getTime() > touchEveryMs) await touchSession(session.id);
  return { personId: session.personId, sessionId: session.id };
}

export async function listSessions(me: Me): Promise<{ sessions: SessionItem[] }> {
  return { sessions: (await readLiveSessions(me.personId)).map((row) => toSessionItem(row, me.sessionId)) };
}

/** Ends one of my sessions, perhaps this one. Another person's session id ends nothing: returns 0. */
export async function revokeSession(me: Me, input: { sessionId: string }): Promise<{ revoked: number }> {
  return transaction((tx) => revoke(tx, me, { only: input.sessionId }));
}

/** Ends every session but this one. */
export async function revokeOtherSessions(me: Me): Promise<{ revoked: number }> {
  return transaction((tx) => revoke(tx, me, { except: me.sessionId }));
}

/** Inside an operation's transaction; the workers close the sockets of what was ended. */
export async function revoke(tx: Tx, me: Me, which: { only: string } | { except: string }) {
  const ids = await revokeRows(tx, me.personId, which);
  for (let at = 0; at < ids.length; at += idsTold)
    await publish(tx, [{ revokedSessionIds: ids.slice(at, at + idsTold) }]);
  return { revoked: ids.length };
}
