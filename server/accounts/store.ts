import { limits } from "#contracts/limits.ts";
import { isUuid } from "#contracts/text.ts";
import type { SelfRow, SessionRow } from "#server/accounts/view.ts";
import { prisma, uniqueFieldOf } from "#server/db/prisma.ts";
import type { Tx } from "#server/db/sql.ts";
import { batched } from "#server/realtime/batched.ts";

/** Prisma may name the index (`people_handle_key`) or the field; both hold the field's name. */
export const isHandleTaken = (error: unknown): boolean => uniqueFieldOf(error, ["handle"]) !== null;

export async function insertPerson(person: {
  handle: string;
  displayName: string;
  passwordHash: string;
  mobile: string | null;
  email: string | null;
}): Promise<SelfRow> {
  return prisma().person.create({ data: person });
}

export async function readSelf(personId: string): Promise<SelfRow | null> {
  return prisma().person.findUnique({ where: { id: personId } });
}

export type LoginKey = { handle: string } | { number: number } | { mobile: string } | { email: string };

export type Holder = SelfRow & { passwordHash: string };

/** Of an unverified mobile number or e-mail address. The first owner keeps it when others enter the same one later. */
export const mostHolders = 3;

/** Whom a login may mean: one for a handle or number, up to `mostHolders` else, the one that verified it first. */
export async function readHolders(key: LoginKey): Promise<Holder[]> {
  const nulls = "last" as const;
  const [verified, since] = "mobile" in key ? ["mobileVerifiedAt", "mobileSince"] : ["emailVerifiedAt", "emailSince"];
  const orderBy = [
    { [verified]: { sort: "asc" as const, nulls } },
    { [since]: "asc" as const },
    { id: "asc" as const },
  ];
  return prisma().person.findMany({ where: key, orderBy, take: mostHolders });
}

export async function readPasswordHash(personId: string): Promise<string | null> {
  const row = await prisma().person.findUnique({ where: { id: personId }, select: { passwordHash: true } });
  return row?.passwordHash ?? null;
}

/** False when the hash is no longer `from`: the password was changed meanwhile. */
export async function replacePasswordHash(tx: Tx, personId: string, from: string, to: string): Promise<boolean> {
  const rows = await tx`
    update people set password_hash = ${to} where id = ${personId} and password_hash = ${from} returning 1
  `;
  return rows.length > 0;
}

/** Locks a session that stands until the transaction ends; false when it was revoked or has expired. */
export async function holdSession(tx: Tx, sessionId: string): Promise<boolean> {
  const rows = await tx`
    select 1 from sessions where id = ${sessionId} and revoked_at is null and expires_at > now() for share
  `;
  return rows.length > 0;
}

export type ProfileColumns = {
  displayName: string;
  gender: string;
  bio: string;
  avatarSeed: number;
  avatarId: string | null;
  mobile: string | null;
  email: string | null;
  findableByMobile: boolean;
  acceptAutomatically: boolean;
};

/** Writes the given columns; every write is a new version of the person. */
export async function updateProfileRow(tx: Tx, personId: string, given: Partial<ProfileColumns>): Promise<void> {
  const has = (key: keyof ProfileColumns) => given[key] !== undefined;
  await tx`
    update people set version = version + 1,
      display_name = case when ${has("displayName")} then ${given.displayName ?? ""} else display_name end,
      gender = case when ${has("gender")} then ${given.gender ?? ""} else gender end,
      bio = case when ${has("bio")} then ${given.bio ?? ""} else bio end,
      avatar_seed = case when ${has("avatarSeed")} then ${given.avatarSeed ?? 0}::int else avatar_seed end,
      avatar_id = case when ${has("avatarId")} then ${given.avatarId ?? null}::uuid else avatar_id end,
      mobile_verified_at =
        case when ${has("mobile")} and mobile is distinct from ${given.mobile ?? null}::text then null
        else mobile_verified_at end,
      mobile_since =
        case when ${has("mobile")} and mobile is distinct from ${given.mobile ?? null}::text then now()
        else mobile_since end,
      email_since =
        case when ${has("email")} and email is distinct from ${given.email ?? null}::text then now()
        else email_since end,
      email_verified_at =
        case when ${has("email")} and email is distinct from ${given.email ?? null}::text then null
        else email_verified_at end,
      mobile = case when ${has("mobile")} then ${given.mobile ?? null}::text else mobile end,
      email = case when ${has("email")} then ${given.email ?? null}::text else email end,
      findable_by_mobile =
        case when ${has("findableByMobile")} then ${given.findableByMobile ?? false}::boolean else findable_by_mobile end,
      accept_automatically =
        case when ${has("acceptAutomatically")} then ${given.acceptAutomatically ?? false}::boolean
        else accept_automatically end
    where id = ${personId}
  `;
}

const expiry = () => new Date(Date.now() + limits.sessionDays * 86_400_000);

export type NewSession = {
  personId: string;
  /** The hash that the password was found to be of. */
  passwordHash: string;
  kind: "cookie" | "bearer";
  tokenHash: Uint8Array<ArrayBuffer> | null;
  label: string;
};

/**
 * A new session, while the verified hash is still the person's, under their row's lock: one that a change of the
 * password would have ended is not begun. Null otherwise. It clears away the same person's expired ones; no job has to
 * run.
 */
export async function insertSession(tx: Tx, session: NewSession): Promise<{ id: string; expiresAt: Date } | null> {
  await tx`delete from sessions where person_id = ${session.personId} and expires_at < now()`;
  const [row] = await tx<{ id: string; expiresAt: Date }[]>`
    with person as (
      select id from people where id = ${session.personId} and password_hash = ${session.passwordHash} for share
    )
    insert into sessions (person_id, kind, token_hash, label, expires_at)
    select id, ${session.kind}, ${session.tokenHash}, ${session.label}, ${expiry()} from person
    returning id, expires_at
  `;
  return row ?? null;
}

export type LiveSession = { id: string; personId: string; lastUsedAt: Date };

/** A session's id (cookie) or its token's hash (bearer). */
export type SessionKey = { id: string; kind: "cookie" } | { tokenHash: Uint8Array<ArrayBuffer> };

/** The session of a key, when it is neither revoked nor expired. Calls that come together share one query. */
export const readLiveSession = batched(
  async (keys: SessionKey[]) => {
    const hashes = keys.map((key) => ("tokenHash" in key ? Buffer.from(key.tokenHash).toString("hex") : null));
    const ids = keys.map((key) => ("id" in key && isUuid(key.id) ? key.id : null));
    const rows = await prisma().$queryRaw<(LiveSession & { n: number })[]>`
      select k.n::int as n, s.id, s.person_id as "personId", s.last_used_at as "lastUsedAt"
      from unnest(${hashes}::text[], ${ids}::text[]) with ordinality as k(hash, id, n)
      join lateral (
        select * from sessions where token_hash = decode(k.hash, 'hex')
        union all
        select * from sessions where id = k.id::uuid and kind = 'cookie'
      ) as s on true
      where s.revoked_at is null and s.expires_at > now()
    `;
    const found = new Map(rows.map(({ n, ...session }) => [keys[n - 1], session]));
    return (key: SessionKey): LiveSession | null => found.get(key) ?? null;
  },
  // A call is waited for by a person: the next query begins as soon as the last has ended.
  { pause: async () => {} },
);

/** Slides the thirty days. */
export async function touchSession(sessionId: string): Promise<void> {
  await prisma().session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { lastUsedAt: new Date(), expiresAt: expiry() },
  });
}

export async function readLiveSessions(personId: string): Promise<SessionRow[]> {
  return prisma().session.findMany({
    where: { personId, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { lastUsedAt: "desc" },
    take: limits.sessionsListed,
  });
}

/** Revokes one of my sessions, or all but one; returns the ids that this call ended. */
export async function revokeRows(
  tx: Tx,
  personId: string,
  which: { only: string } | { except: string },
): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    update sessions set revoked_at = now()
    where person_id = ${personId} and revoked_at is null
      and ${"only" in which ? tx`id = ${which.only}` : tx`id <> ${which.except}`}
    returning id
  `;
  return rows.map((row) => row.id);
}
