import { limits } from "#contracts/limits.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";
import type { Tx } from "#server/db/sql.ts";
import { type MessageKey, type Results, readLastEntries } from "#server/messages/answers/store.ts";

/** What a poll or sign-up says with the answers that are stored now. Names no voter. */
export async function contentNow(
  tx: Tx,
  key: MessageKey,
  content: ContentOf<"poll" | "signup">,
  { voters, votes }: Pick<Results, "voters" | "votes">,
): Promise<ContentOf<"poll" | "signup">> {
  if (content.kind === "signup") return { ...content, ...(await readLastEntries(tx, key, limits.signup.shown)) };
  return { ...content, voters, votes: content.options.map((_, option) => votes[option] ?? 0) };
}
