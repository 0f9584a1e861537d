import { isDeepStrictEqual } from "node:util";
import type { ConfigureInput, ConfigureOutput } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";
import { settingsAfter } from "#server/conversations/settings/settings-after.ts";
import { countPinned, readListed, writeSettings } from "#server/conversations/settings/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Changes how I have a conversation in my list, on all my devices; repeating is harmless. Refuses `not_found`,
 * `invalid_input` for a time that is past, and `pinned_conversations_limit_reached` for one more than
 * `limits.pinnedConversations`.
 */
export async function configureConversation(
  me: Me,
  { conversationId, ...wanted }: ConfigureInput,
): Promise<ConfigureOutput> {
  const until = wanted.muted?.until ?? null;
  if (until !== null && Date.parse(until) <= Date.now()) throw new Refusal("invalid_input");
  return transaction(async (tx) => {
    // My devices wait for each other here, so the limit holds for all of them together.
    const people = await beginPeopleChanges(tx, [me.personId]);
    const listed = await readListed(tx, me.personId, conversationId);
    if (!listed) throw new Refusal("not_found");
    const settings = settingsAfter(listed, wanted);
    const answer = () => ({ rev: people.revs.get(me.personId) ?? 0, settings });
    if (isDeepStrictEqual(settings, listed.settings)) return answer();
    const pins = settings.pinned && !listed.settings.pinned;
    if (pins && (await countPinned(tx, me.personId)) >= limits.pinnedConversations) {
      throw new Refusal("pinned_conversations_limit_reached");
    }
    await writeSettings(tx, me.personId, conversationId, settings);
    publishToPerson(people, me.personId, { type: "conversation_settings.changed", conversationId, settings });
    await commitPeopleChanges(tx, people);
    return answer();
  });
}
