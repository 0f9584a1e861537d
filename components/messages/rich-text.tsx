"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { type Block, type Inline, parseMarkup } from "#contracts/markup.ts";
import { everyoneId, type Mention } from "#contracts/messages/kinds/text.ts";

type Person = { personId: string };

/** A text as it is meant: set, with its addresses to click. Nodes, never HTML, so there is nothing to sanitise. */
export function RichText({ text, mentions = [] }: { text: string; mentions?: readonly Mention[] | undefined }) {
  const atoms = mentions.map(({ personId, start, length }) => ({ start, end: start + length, atom: { personId } }));
  return parseMarkup<Person>(text, { atoms }).map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no names; after an edit each is drawn anew in its place.
    <BlockView key={at} block={block} />
  ));
}

function BlockView({ block }: { block: Block<Person> }) {
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

const inline = (children: readonly Inline<Person>[]): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no names; after an edit each is drawn anew in its place.
  children.map((child, at) => <InlineView key={at} child={child} />);

function InlineView({ child }: { child: Inline<Person> }) {
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
      return <code className="rounded-md bg-sunken px-1 py-0.5 text-code">{child.text}</code>;
    case "link":
      return <Address url={child.url} words={child.text} />;
    case "atom":
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

const ownMention = "rounded-md bg-accent px-1 font-medium text-on-accent";

/** Opens the card of the person. A mention of me, or of all, is highlighted. */
function Name({ personId, words }: { personId: string; words: string }) {
  const me = useMe();
  const own = me.id === personId;
  const show = useShowProfile();
  if (personId === everyoneId) return <bdi className={ownMention}>{words}</bdi>;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-haspopup="dialog"
      onClick={() => show({ personId })}
      className="inline cursor-pointer select-text text-start hover:underline"
    >
      <bdi className={own ? ownMention : "rounded-md font-medium text-accent-ink"}>{words}</bdi>
    </button>
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
