import type { Sql, Tx } from "#server/db/sql.ts";
import { type Announce, onlineChannel } from "#server/realtime/presence.ts";

/** Stores, with the change of presence, when people left: all of their connections over all workers have ended. */
export function storingLastSeen(chatAppId: string, announce: Announce): Announce {
  return async (tx, app, changes) => {
    const left = app === chatAppId ? changes.filter((change) => change.channel === onlineChannel && change.left) : [];
    if (left.length > 0)
      await storeLastSeen(
        tx,
        left.map(({ userId }) => userId),
      );
    return announce(tx, app, changes);
  };
}

/** Changes of the channel are serialised, so no two transactions write the row of one person. */
async function storeLastSeen(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx`
    insert into last_seen as s (person_id, at)
    select p.id, now() from people p where p.id = any(${personIds as string[]}::uuid[])
    on conflict (person_id) do update set at = excluded.at
  `;
}

/** SQL: neither of two friends hides from friends whether they are online. Each is looked up by key. */
export const showPresence = (sql: Sql, personId: ReturnType<Sql>, friendId: ReturnType<Sql>) => sql`
  (select h.presence_for <> 'nobody' from people h where h.id = ${personId})
  and (select h.presence_for <> 'nobody' from people h where h.id = ${friendId})`;
