import { tokensVersion } from "#contracts/search/tokens.ts";
import type { Tx } from "#server/db/sql.ts";
import { readLag } from "#server/messages/search/indexing/store.ts";

/**
 * For `npm run doctor`: `waiting` conversations in the queue, the oldest for so many `seconds`; `outdated` ones, which another
 * version of the tokens indexed; and those with messages that are neither indexed nor waiting, which there should be none of.
 */
export const readSearchLag = (tx: Tx) => readLag(tx, tokensVersion);
