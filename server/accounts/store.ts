import { limits } from "#contracts/limits.ts";
import { isUuid } from "#contracts/text.ts";
import { sessionEnd } from "#server/accounts/session-end.ts";
import type { SelfRow, SessionRow } from "#server/accounts/view.ts";
import { prisma, uniqueFieldOf } from "#server/db/prisma.ts";
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
    data: { lastUsedAt: new Date(), expiresAt: sessionEnd() },
  });
}

export async function readLiveSessions(personId: string): Promise<SessionRow[]> {
  return prisma().session.findMany({
    where: { personId, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { lastUsedAt: "desc" },
    take: limits.sessionsListed,
  });
}
