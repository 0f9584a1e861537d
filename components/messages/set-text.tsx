"use client";

import { linkifyit } from "linkify-it";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import type { Mention } from "#contracts/kinds/text.ts";
import { type Block, type Inline, type Placed, parseMarkup } from "#contracts/markup.ts";

const linkify = linkifyit({ fuzzyEmail: true, fuzzyLink: true, fuzzyIP: false });
const safe = /^(https?:\/\/|mailto:)/i;

type Atom = { type: "link"; url: string } | { type: "mention"; personId: string };

/** Names first: an address may not begin inside one. */
function atomsOf(text: string, mentions: readonly Mention[]): Placed<Atom>[] {
  const names = mentions.map(({ personId, start, length }) => ({
    start,
    end: start + length,
    atom: { type: "mention" as const, personId },
  }));
  // Asking for a dot or a colon first skips the search in most messages.
  const links = (/[.:@]/.test(text) ? (linkify.match(text) ?? []) : []).flatMap(({ index, lastIndex, url }) => {
    const taken = names.some(({ start, end }) => index < end && start < lastIndex);
    return safe.test(url) && !taken ? [{ start: index, end: lastIndex, atom: { type: "link" as const, url } }] : [];
  });
  return names.length === 0 ? links : [...names, ...links].sort((a, b) => a.start - b.start);
}

/** The first web address in a text, as a link card would show it; null without one. */
export function firstAddress(text: string): string | null {
  const found = /[.:]/.test(text) ? linkify.match(text)?.find(({ url }) => /^https?:\/\//i.test(url)) : undefined;
  return found?.url ?? null;
}

/** A text as it is meant: set, with its addresses to click. Nodes, never HTML, so there is nothing to sanitise. */
export function SetText({ text, mentions = [] }: { text: string; mentions?: readonly Mention[] | undefined }) {
  return parseMarkup(text, atomsOf(text, mentions)).map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes.
    <BlockView key={at} block={block} />
  ));
}

function BlockView({ block }: { block: Block<Atom> }) {
  if (block.type === "fence") {
    return (
      <pre dir="ltr" className="pane-scroll my-1 overflow-x-auto rounded-xl bg-sunken px-3 py-2 text-start text-sm">
        <code>{block.text}</code>
      </pre>
    );
  }
  if (block.type === "quote") {
    return (
      <blockquote className="my-0.5 border-accent border-s-3 ps-2.5 text-ink-soft">{inline(block.children)}</blockquote>
    );
  }
  return inline(block.children);
}

const inline = (children: readonly Inline<Atom>[]): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes.
  children.map((child, at) => <InlineView key={at} child={child} />);

function InlineView({ child }: { child: Inline<Atom> }) {
  switch (child.type) {
    case "text":
      return child.text;
    case "bold":
      return <strong>{inline(child.children)}</strong>;
    case "italic":
      return <em>{inline(child.children)}</em>;
    case "strike":
      return <s>{inline(child.children)}</s>;
    case "spoiler":
      return <Spoiler>{inline(child.children)}</Spoiler>;
    case "code":
      return <code className="rounded-md bg-sunken px-1 py-0.5 text-[0.9em]">{child.text}</code>;
    case "atom":
      if (child.atom.type === "link") return <Address url={child.atom.url} words={child.text} />;
      return <Name personId={child.atom.personId} words={child.text} />;
  }
}

function Address({ url, words }: { url: string; words: string }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      className="text-accent-ink underline decoration-1 underline-offset-2"
    >
      {words}
    </a>
  );
}

/** Whoever is named finds themselves at a glance. */
function Name({ personId, words }: { personId: string; words: string }) {
  const me = useMe();
  const own = me.id === personId;
  return (
    <bdi className={`rounded-md font-medium ${own ? "bg-accent px-1 text-on-accent" : "text-accent-ink"}`}>{words}</bdi>
  );
}

/** Covered until it is asked for; covered words are not read aloud either. */
function Spoiler({ children }: { children: ReactNode }) {
  const t = useTranslations("messages");
  const [open, setOpen] = useState(false);
  if (open) return <span className="rounded-md bg-sunken px-0.5">{children}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t("spoiler")}
      title={t("spoiler")}
      onClick={() => setOpen(true)}
      className="cursor-pointer rounded-md bg-ink-soft text-transparent [&_*]:text-transparent"
    >
      <span aria-hidden className="invisible">
        {children}
      </span>
    </button>
  );
}
