import type { RecordItem } from "#contracts/messages/forward.ts";
import { allows, type Content, filesOf, forwardedOf } from "#contracts/messages/kinds/index.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readSourceRows, readTitle, type SourceRow } from "#server/messages/forward/store.ts";
import { Refusal } from "#server/refusal.ts";

/** A message as it is passed on: without its mentions, which would call people again, without what it answers, and it rings. */
export type Source = { seq: number; name: string; sentAt: string; content: Content; items?: RecordItem[] };
export type Sources = { messages: Source[]; of: "direct" | "community"; names: string[] };

/**
 * The messages that I forward, in seq order, as they are now. Refuses `not_found` where I may not read all of them or one
 * is gone, and `forbidden` for a kind that is not forwarded.
 */
export async function readSources(me: Me, conversationId: string, seqs: readonly number[]): Promise<Sources> {
  return snapshot(async (tx) => {
    const { visibleFromSeq } = await authorizeMember(tx, me, conversationId);
    const rows = await readSourceRows(tx, conversationId, seqs);
    if (rows.length < seqs.length) throw new Refusal("not_found");
    for (const { seq, content } of rows) {
      if (seq < visibleFromSeq || content.kind === "recalled") throw new Refusal("not_found");
      if (!allows(content.kind, "forward")) throw new Refusal("forbidden");
    }
    return { messages: rows.map(toSource), ...(await readTitle(tx, conversationId)) };
  });
}

function toSource({ seq, content, sentAt, name, items }: SourceRow): Source {
  // Stored content has passed the schema of its kind.
  const {
    replyTo: _answered,
    silent: _quietly,
    mentions: _people,
    ...rest
  } = content as Content & { mentions?: unknown };
  const source = { seq, name, sentAt: sentAt.toISOString(), content: forwardedOf(rest as Content) };
  return items ? { ...source, items } : source;
}

/** Everything that a message gives its readers, also inside records. */
export const filesInside = ({ content, items = [] }: Pick<Source, "content" | "items">): string[] => [
  ...new Set([
    ...filesOf(content),
    ...items.flatMap(({ content, items }) => filesInside({ content: content as Content, items })),
  ]),
];
