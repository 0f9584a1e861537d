import { linkifyit } from "linkify-it";
import { Fragment, type ReactNode } from "react";

const linkify = linkifyit({ fuzzyEmail: true, fuzzyLink: true, fuzzyIP: false });
const safe = /^(https?:\/\/|mailto:)/i;

/** Text with its addresses made clickable: nodes, never HTML, so there is nothing to sanitise. */
export function LinkedText({ text }: { text: string }) {
  // Asking for a dot or a colon first skips the search in most messages.
  const matches = /[.:@]/.test(text) ? linkify.match(text) : null;
  if (!matches) return text;
  const parts: ReactNode[] = [];
  let done = 0;
  for (const { index, lastIndex, url, text: words } of matches) {
    if (!safe.test(url)) continue;
    parts.push(<Fragment key={`text ${done}`}>{text.slice(done, index)}</Fragment>);
    parts.push(
      <a
        key={`link ${index}`}
        href={url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        tabIndex={-1}
        className="text-accent-ink underline decoration-1 underline-offset-2"
      >
        {words}
      </a>,
    );
    done = lastIndex;
  }
  return (
    <>
      {parts}
      {text.slice(done)}
    </>
  );
}
