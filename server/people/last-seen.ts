import type { LastSeenOutput } from "#contracts/people.ts";
import { snapshot } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { readLastSeen, readMetPeople } from "#server/people/store.ts";
import { readOnline } from "#server/realtime/presence.ts";

/**
 * Whether a person is online, and when their last connection ended. Null for strangers, for people whom I do not see it
 * of, and for unknown ids alike. Clients that poll hold no connection and count as absent.
 */
export async function getLastSeen(me: Me, { personId }: { personId: string }): Promise<LastSeenOutput> {
  return snapshot(async (tx) => {
    const [met] = await readMetPeople(tx, me.personId, [personId]);
    const row = met && personId !== me.personId ? await readLastSeen(tx, me.personId, personId) : null;
    if (!row) return { lastSeen: null };
    const online = (await readOnline(tx, env().realtimeAppId, [personId])).has(personId);
    return { lastSeen: { online, at: row.at?.toISOString() ?? null } };
  });
}
