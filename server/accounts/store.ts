import { limits } from "#contracts/limits.ts";
import type { SelfRow, SessionRow } from "#server/accounts/view.ts";
import { prisma, uniqueFieldOf } from "#server/db/prisma.ts";
import { brokeUnique, type Tx } from "#server/db/sql.ts";
import { batched } from "#server/live/batched.ts";
import { Refusal } from "#server/refusal.ts";

const taken = { handle: "handle_taken", mobile: "mobile_taken", email: "email_taken" } as const;
const uniqueFields = ["handle", "mobile", "email"] as const;
type UniqueField = (typeof uniqueFields)[number];

/** Prisma may name the index (`people_handle_key`) or the field; both hold the field's name. */
export function takenReason(error: unknown): Refusal | null {
  const field = uniqueFieldOf(error, uniqueFields) ?? uniqueFields.find((f) => brokeUnique(error, `people_${f}_key`));
  return field ? new Refusal(taken[field as UniqueField]) : null;
}

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

/** What sign-in needs: the row and the password's hash. */
export async function readByLogin(key: LoginKey): Promise<(SelfRow & { passwordHash: string }) | null> {
  return prisma().person.findFirst({ where: key });
}

export async function readPasswordHash(personId: string): Promise<string | null> {
  const row = await prisma().person.findUnique({ where: { id: personId }, select: { passwordHash: true } });
  return row?.passwordHash ?? null;
}

export async function writePasswordHash(tx: Tx, personId: string, passwordHash: string): Promise<void> {
  await tx`update people set password_hash = ${passwordHash} where id = ${personId}`;
}

export type ProfileColumns = {
  displayName: string;
  gender: string;
  memo: string;
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
      memo = case when ${has("memo")} then ${given.memo ?? ""} else memo end,
      avatar_seed = case when ${has("avatarSeed")} then ${given.avatarSeed ?? 0}::int else avatar_seed end,
      avatar_id = case when ${has("avatarId")} then ${given.avatarId ?? null}::uuid else avatar_id end,
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

/** A new session clears away the same person's expired ones; nobody else's work, and no job to run. */
export async function insertSession(session: {
  personId: string;
  kind: "cookie" | "bearer";
  tokenHash: Uint8Array<ArrayBuffer> | null;
  label: string;
}): Promise<SessionRow> {
  await prisma().session.deleteMany({ where: { personId: session.personId, expiresAt: { lt: new Date() } } });
  return prisma().session.create({ data: { ...session, expiresAt: expiry() } });
}

export type LiveSession = { id: string; personId: string; lastUsedAt: Date };
/** One id that is none would fail the query of all who share it. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A session's id (cookie) or its token's hash (bearer). */
export type SessionKey = { id: string; kind: "cookie" } | { tokenHash: Uint8Array<ArrayBuffer> };

/** The session of a key, when it is neither revoked nor expired. Calls that come together share one query. */
export const readLiveSession = batched(
  async (keys: SessionKey[]) => {
    const hashes = keys.map((key) => ("tokenHash" in key ? Buffer.from(key.tokenHash).toString("hex") : null));
    const ids = keys.map((key) => ("id" in key && uuid.test(key.id) ? key.id : null));
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
