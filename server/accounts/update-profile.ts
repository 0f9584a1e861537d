import type { Self, UpdateProfileInput } from "#contracts/accounts.ts";
import { getSelf } from "#server/accounts/me.ts";
import { takenReason, updateProfileRow } from "#server/accounts/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { checkPicture } from "#server/media/check-picture.ts";
import { closePeople, openPeople, tellPerson } from "#server/people/ledger.ts";
import { readPerson } from "#server/people/store.ts";
import { toPerson } from "#server/people/view.ts";

/**
 * Changes what is given; the rest stays. My other devices hear at once; others see the new version when they next ask
 * (`people.get`). Refuses `mobile_taken`, `email_taken`,
 * and `file_not_ready` for an avatar that is no picture of mine.
 */
export async function updateProfile(me: Me, input: UpdateProfileInput): Promise<Self> {
  if (input.avatarId) await checkPicture(me, input.avatarId, "avatar");
  try {
    await transaction(async (tx) => {
      const people = await openPeople(tx, [me.personId]);
      await updateProfileRow(tx, me.personId, input);
      const row = await readPerson(tx, me.personId);
      if (row) tellPerson(people, me.personId, { type: "profile.changed", person: toPerson(row) });
      await closePeople(tx, people);
    });
  } catch (error) {
    throw takenReason(error) ?? error;
  }
  return getSelf(me);
}
