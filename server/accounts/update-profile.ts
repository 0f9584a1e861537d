import type { Self, UpdateProfileInput } from "#contracts/accounts.ts";
import { updateProfileRow } from "#server/accounts/in-transaction/store.ts";
import { getSelf } from "#server/accounts/me.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { requireReadyPicture } from "#server/media/require-ready-picture.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { readPerson } from "#server/people/store.ts";
import { toPerson } from "#server/people/view.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";

/**
 * Changes what is given; the rest stays. My other devices hear at once; others see the new version when they next ask
 * (`people.get`). A new mobile number or e-mail address is unverified, and others may have the same one; changing them
 * or who sees presence is rate limited (`rate_limited`). Refuses `file_not_ready` for an avatar that is no picture of mine.
 */
export async function updateProfile(me: Me, input: UpdateProfileInput): Promise<Self> {
  const before = await getSelf(me);
  const isNew = (key: "mobile" | "email") => input[key] !== undefined && input[key] !== before[key];
  if (isNew("mobile") || isNew("email")) await consumeRateLimit(`address:${me.personId}`, rates.address);
  const { presenceFor } = input;
  if (presenceFor) await consumeRateLimit(`presence:${me.personId}`, rates.presence);
  await transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    if (input.avatarId) await requireReadyPicture(tx, me, input.avatarId, "avatar");
    await updateProfileRow(tx, me.personId, input);
    const row = await readPerson(tx, me.personId);
    const person = row && toPerson(row);
    if (person) publishToPerson(people, me.personId, { type: "profile.changed", person, presenceFor });
    await commitPeopleChanges(tx, people);
  });
  return getSelf(me);
}
