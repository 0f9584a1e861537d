import { limits } from "#contracts/limits.ts";
import type { EntriesInput, EntryPage, OwnAnswer, VoterPage, VotersInput } from "#contracts/messages/answers.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";
import { snapshot, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readAsking } from "#server/messages/answers/authorize.ts";
import { readEntries, readOwnAnswers, readVoters } from "#server/messages/answers/store.ts";
import { toPerson } from "#server/people/view.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Who voted for an option, by the time of the votes; those who left stay. Refuses `not_found`, and `forbidden` for an
 * anonymous poll.
 */
export async function listVoters(me: Me, input: VotersInput): Promise<VoterPage> {
  const { option, after, limit = limits.page.default } = input;
  return snapshot(async (tx) => {
    const row = await readAsking(tx, me, input, "poll");
    const { anonymous } = row.content as ContentOf<"poll">; // stored content has passed the schema of its kind
    if (anonymous) throw new Refusal("forbidden");
    const rows = await readVoters(tx, input, option, after ?? null, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      voters: page.map((voter) => ({ person: toPerson(voter), votedAt: voter.votedAt.toISOString() })),
      next: last && rows.length > limit ? { votedAt: last.votedAt.toISOString(), personId: last.id } : null,
    };
  });
}

/** The entries of a sign-up in their order. Refuses `not_found`, and `forbidden` for a message of another kind. */
export async function listEntries(me: Me, input: EntriesInput): Promise<EntryPage> {
  const { after = 0, limit = limits.page.default } = input;
  return snapshot(async (tx) => {
    await readAsking(tx, me, input, "signup");
    const rows = await readEntries(tx, input, after, limit + 1);
    const page = rows.slice(0, limit);
    return {
      entries: page.map((row) => ({
        id: row.entryId,
        position: row.position,
        person: toPerson(row),
        text: row.text,
      })),
      next: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
    };
  });
}

/** What I answered in a conversation, by message. */
export async function readAnswers(tx: Tx, key: { personId: string; conversationId: string }): Promise<OwnAnswer[]> {
  const { votes, entries } = await readOwnAnswers(tx, key, limits.ownAnswers);
  const signed = new Map<number, OwnAnswer>();
  for (const { seq, ...entry } of entries) {
    const known = signed.get(seq) ?? { seq, choices: [], entries: [] };
    signed.set(seq, { ...known, entries: [...known.entries, entry] });
  }
  return [...votes.map((vote) => ({ ...vote, entries: [] })), ...signed.values()].sort((a, b) => a.seq - b.seq);
}
