import type { NotesOutput } from "#contracts/conversations.ts";
import { addMember, beginChanges, commitChanges } from "#server/conversations/ledger.ts";
import { findNotes, insertConversation, notesKey } from "#server/conversations/store.ts";
import { transaction } from "#server/db/sql.ts";
import { publishInboxAdded } from "#server/friends/publish.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges } from "#server/people/ledger.ts";

/** The conversation with myself: the one I have, or a new one. Repeating is harmless. */
export async function openNotes(me: Me): Promise<NotesOutput> {
  return transaction(async (tx) => {
    // My devices wait for each other here, so there is one for ever.
    const people = await beginPeopleChanges(tx, [me.personId]);
    const known = await findNotes(tx, me.personId);
    if (known) return { conversationId: known };
    const conversationId = await insertConversation(tx, "notes", notesKey(me.personId));
    const ledger = await beginChanges(tx, conversationId);
    await addMember(tx, ledger, me.personId, "member", true);
    await commitChanges(tx, ledger);
    await publishInboxAdded(tx, people, me.personId, conversationId);
    await commitPeopleChanges(tx, people);
    return { conversationId };
  });
}
