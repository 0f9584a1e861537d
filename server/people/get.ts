import type { Person } from "#contracts/people.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readMetPeople } from "#server/people/store.ts";
import { toPerson } from "#server/people/view.ts";

/** The people among `ids` whom I have met. Ids of strangers and unknown ids are left out alike. */
export async function getPeople(me: Me, input: { ids: readonly string[] }): Promise<{ people: Person[] }> {
  return { people: (await readMetPeople(sql(), me.personId, input.ids)).map(toPerson) };
}
