import type { SearchHit } from "#client/search/use-message-search.ts";

/** What a result says, with the words that were looked for marked. */
export function ExcerptText({ excerpt: { text, found } }: Pick<SearchHit, "excerpt">) {
  const parts = found.flatMap(({ start, end }, at) => [
    text.slice(found[at - 1]?.end ?? 0, start),
    <mark key={start} className="bg-accent-soft font-medium text-accent-ink">
      {text.slice(start, end)}
    </mark>,
  ]);
  return (
    <bdi>
      {parts}
      {text.slice(found.at(-1)?.end ?? 0)}
    </bdi>
  );
}
