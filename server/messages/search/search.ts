import { limits } from "#contracts/limits.ts";
import { type Content, searchedTextOf } from "#contracts/messages/kinds/index.ts";
import type { SearchInput, SearchPage } from "#contracts/messages/search.ts";
import { excerptOf } from "#contracts/search/excerpt.ts";
import { fold } from "#contracts/search/fold.ts";
import { hasAll, type Term, termsOf } from "#contracts/search/terms.ts";
import { hashOf, isToken, tokensOfTerms } from "#contracts/search/tokens.ts";
import { snapshot, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { kindToken, partsOf, partToken, senderToken } from "#server/messages/search/entry.ts";
import {
  type Candidate,
  countCandidates,
  type IndexQuery,
  isBehind,
  readCandidates,
  readFound,
} from "#server/messages/search/store.ts";
import { type MessageRow, toMessage } from "#server/messages/view.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";

/** Candidates that are read and compared at once. */
const slice = 100;
/** Slices of one page: of a query that the index answers badly, pages are short. */
const mostSlices = 10;
/** Seconds: the index is filled faster, unless it is behind. */
const usualLag = 5;

type Hit = { row: MessageRow; text: string };

function indexQuery(input: SearchInput, terms: readonly Term[]): IndexQuery | null {
  const words = tokensOfTerms(terms).slice(0, limits.searchedTokens);
  const all = [...words, ...(input.has ?? []).map(partToken)].map(hashOf);
  const senders = input.from?.length ? input.from.map(senderToken).map(hashOf) : null;
  const kinds = input.kinds?.length ? input.kinds.map(kindToken).map(hashOf) : null;
  if (all.length === 0 && !senders && !kinds) return null;
  const { since = null, until = null, after = null } = input;
  return { all, senders, kinds, in: input.in ?? null, since, until, after };
}

/** Of these candidates those that are what was asked for, as they are now, in the same order. */
async function compare(
  tx: Tx,
  found: readonly Candidate[],
  input: SearchInput,
  terms: readonly Term[],
): Promise<Hit[]> {
  const rows = new Map((await readFound(tx, found)).map((row) => [`${row.conversationId} ${row.seq}`, row]));
  return found.flatMap(({ conversationId, seq }) => {
    const row = rows.get(`${conversationId} ${seq}`);
    if (!row) return [];
    const content = row.content as Content;
    const text = searchedTextOf(content);
    if (text === null || (input.from?.length && !input.from.includes(row.senderId))) return [];
    if (input.kinds?.length && !input.kinds.some((kind) => kind === row.kind)) return [];
    if (input.has?.length && !input.has.every((part) => partsOf(content).includes(part))) return [];
    return hasAll(fold(text).text, terms) ? [{ row, text }] : [];
  });
}

function countsOf(hits: readonly Hit[]): SearchPage["counts"] {
  const counts = new Map<string, number>();
  for (const { row } of hits) counts.set(row.conversationId, (counts.get(row.conversationId) ?? 0) + 1);
  return [...counts].map(([conversationId, count]) => ({ conversationId, count })).sort((a, b) => b.count - a.count);
}

const keyOf = ({ sentAt, conversationId, seq }: Candidate) => ({ sentAt: sentAt.toISOString(), conversationId, seq });

type Asked = { personId: string; query: IndexQuery; input: SearchInput; terms: readonly Term[] };

/** At least `wanted` hits, or what there is; `next`: where the comparison stopped. `known`: the first slice, if it was read. */
async function findSome(tx: Tx, { personId, query, input, terms }: Asked, wanted: number, known?: Candidate[]) {
  const hits: Hit[] = [];
  let after = query.after;
  let found = known;
  for (let round = 0; round < mostSlices; round += 1) {
    found ??= await readCandidates(tx, personId, { ...query, after }, slice);
    hits.push(...(await compare(tx, found, input, terms)));
    const last = found.at(-1);
    if (!last || found.length < slice) return { hits, next: null };
    after = keyOf(last);
    if (hits.length >= wanted) break;
    found = undefined;
  }
  return { hits, next: after };
}

/** The first page, with counts: of so few that each is compared, else of what the index has. */
async function findFirst(tx: Tx, asked: Asked, wanted: number) {
  // The index alone counts what its tokens say whole.
  const byIndex = asked.terms.every(isToken);
  const most = byIndex ? slice : limits.searchCounted + 1;
  const { newest, counts } = await countCandidates(tx, asked.personId, asked.query, most);
  if (!byIndex && newest.length < most) {
    const hits = await compare(tx, newest, asked.input, asked.terms);
    return { hits, next: null, counts: countsOf(hits), exact: true };
  }
  return { ...(await findSome(tx, asked, wanted, newest.slice(0, slice))), counts, exact: byIndex };
}

/**
 * Searches my messages: of conversations that I am in, that I may read there and have not deleted. The index names
 * candidates, and each that is shown is compared as it is now, so what was edited or recalled a moment ago is not found by
 * what it said. Refuses `rate_limited`.
 */
export async function searchMessages(me: Me, input: SearchInput): Promise<SearchPage> {
  const terms = termsOf(input.query);
  const query = indexQuery(input, terms);
  if (!query) return { hits: [], next: null, counts: [], exact: true, behind: false };
  await consumeRateLimit(`search:${me.personId}`, rates.search);
  const limit = input.limit ?? limits.page.default;
  return snapshot(async (tx) => {
    const asked = { personId: me.personId, query, input, terms };
    const { hits, next, ...counted } = input.after
      ? { ...(await findSome(tx, asked, limit + 1)), counts: [], exact: true }
      : await findFirst(tx, asked, limit + 1);
    const page = hits.slice(0, limit);
    const last = page.at(-1);
    return {
      hits: page.map(({ row, text }) => ({ message: toMessage(row), excerpt: excerptOf(text, terms) })),
      next: hits.length > limit && last ? keyOf(last.row) : next,
      ...counted,
      behind: await isBehind(tx, usualLag),
    };
  });
}
