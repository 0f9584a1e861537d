"use client";

import type { RefObject } from "react";
import type { Send } from "#client/messages/use-outbox.ts";
import type { LinkPreviewOffer } from "#components/links/link-preview-bar.tsx";
import type { Mentions } from "#components/messages/use-mentions.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import type { Content, Sendable } from "#contracts/messages/kinds/index.ts";
import type { Mention } from "#contracts/messages/kinds/text.ts";
import { countCodePoints, plainText, trimMessage } from "#contracts/text.ts";

/** The counter is silent until it matters. */
export const counterFrom = limits.messageText.max - 500;

type WordsParts = {
  area: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  setDraft: (text: string) => void;
  mentions: Mentions;
  reply: { send: Send; answer: { replyTo?: number }; done: () => void };
  offer: LinkPreviewOffer | null;
  onType: () => void;
};

/** The words in the composer: writing them, sending them now, and giving them away to be sent otherwise. */
export function useWords({ area, draft, setDraft, mentions, reply, offer, onType }: WordsParts) {
  // Counting walks the whole text; the length in code units is never less, so it decides whether to.
  const length = draft.length > counterFrom ? countCodePoints(draft) : draft.length;
  const over = length > limits.messageText.max;
  const message = () => {
    if (over || isBlank(draft)) return null;
    const text = trimMessage(draft);
    return asMessage(text, mentions.resolve(text), offer);
  };
  const clear = () => {
    mentions.onText("");
    setDraft("");
    area.current?.focus({ preventScroll: true });
  };
  return {
    length,
    over,
    write: (typed: string) => {
      const text = plainText(typed);
      mentions.onText(text);
      setDraft(text);
      if (text !== "") onType();
    },
    send: (how: { silent?: true } = {}) => {
      const [content, optimistic] = message() ?? [];
      if (!content || !optimistic) return;
      reply.send({ ...content, ...how }, { ...optimistic, ...how });
      clear();
    },
    /** What `send` would send. */
    compose: (): Sendable | null => {
      const [content] = message() ?? [];
      return content ? { ...content, ...reply.answer } : null;
    },
    forget: () => {
      reply.done();
      clear();
    },
  };
}

/** What is sent, and what is shown until it is stored: text, with the card of an address in it. */
function asMessage(text: string, named: Mention[], offer: LinkPreviewOffer | null): [Sendable, Content] {
  const words = { text, ...(named.length > 0 ? { mentions: named } : {}) };
  if (!offer)
    return [
      { kind: "text", ...words },
      { kind: "text", ...words },
    ];
  const { url, card } = offer;
  return [
    { kind: "link", ...words, url },
    { kind: "link", ...words, url, ...card },
  ];
}
