import type { Content } from "#contracts/messages/kinds/index.ts";
import { tokensVersion } from "#contracts/search/tokens.ts";
import { statement, transaction } from "#server/db/sql.ts";
import { hashesOf } from "#server/messages/search/entry.ts";
import {
  deleteEntries,
  type Entry,
  lockProgress,
  markOutdated,
  queueConversations,
  readChanged,
  readUnindexed,
  takeQueued,
  writeEntries,
  writeProgress,
} from "#server/messages/search/indexing/store.ts";

/** Entries of the queue that are taken at once, one for each message, and about how many messages are indexed for them. */
const taken = 1_000;
const mostMessages = 2_000;

/**
 * Indexes what waits, in one transaction: it takes a part of the queue and brings those conversations up to date. One with
 * more messages than that is queued again. Returns how many entries it took; 0: nothing waits. Safe to run in
 * several processes, and to be killed: what was taken waits again.
 */
export async function indexQueued(): Promise<number> {
  return transaction(async (tx) => {
    const conversationIds = await takeQueued(tx, taken);
    if (conversationIds.length === 0) return 0;
    const progress = (await lockProgress(tx, conversationIds, tokensVersion)).map((one) =>
      one.version === tokensVersion ? one : { ...one, version: tokensVersion, seq: 0, rev: 0 },
    );
    const mostEach = Math.ceil(mostMessages / progress.length);
    const rows = [...(await readUnindexed(tx, progress, mostEach)), ...(await readChanged(tx, progress))];
    const entries: Entry[] = [];
    const gone: { conversationId: string; seq: number }[] = [];
    for (const { content, ...row } of rows) {
      const hashes = hashesOf({ senderId: row.senderId, content: content as Content });
      if (hashes) entries.push({ ...row, hashes });
      else gone.push(row);
    }
    if (entries.length > 0) await writeEntries(tx, entries);
    if (gone.length > 0) await deleteEntries(tx, gone);
    const reached = progress.map((one) => ({
      ...one,
      seq: Math.min(one.lastSeq, one.seq + mostEach),
      rev: one.lastRev,
    }));
    await writeProgress(tx, reached);
    const more = reached.filter(({ seq, lastSeq }) => seq < lastSeq);
    if (more.length > 0)
      await queueConversations(
        tx,
        more.map(({ conversationId }) => conversationId),
      );
    return conversationIds.length;
  });
}

/** Queues what was indexed with another version of the tokens; how many conversations that are. */
export const queueOutdated = (): Promise<number> => statement((tx) => markOutdated(tx, tokensVersion));
