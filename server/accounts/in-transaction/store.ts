/** Rows of accounts that change in a transaction which also publishes: SQL, because Prisma has connections of its own. */
import { sessionEnd } from "#server/accounts/session-end.ts";
import type { Tx } from "#server/db/sql.ts";

/** False when the hash is no longer `from`: the password was changed meanwhile. */
export async function replacePasswordHash(tx: Tx, personId: string, from: string, to: string): Promise<boolean> {
  const rows = await tx`
    update people set password_hash = ${to} where id = ${personId} and password_hash = ${from} returning 1
  `;
  return rows.length > 0;
}

/** Locks a session that stands until the transaction ends; false when it was revoked or has expired. */
export async function lockSession(tx: Tx, sessionId: string): Promise<boolean> {
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
  sharesReceipts: boolean;
  presenceFor: string;
  addedBy: string;
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
        else accept_automatically end,
      shares_receipts =
        case when ${has("sharesReceipts")} then ${given.sharesReceipts ?? true}::boolean else shares_receipts end,
      presence_for = case when ${has("presenceFor")} then ${given.presenceFor ?? ""} else presence_for end,
      added_by = case when ${has("addedBy")} then ${given.addedBy ?? ""} else added_by end
    where id = ${personId}
  `;
}

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
    select id, ${session.kind}, ${session.tokenHash}, ${session.label}, ${sessionEnd()} from person
    returning id, expires_at
  `;
  return row ?? null;
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
