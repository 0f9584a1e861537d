"use client";

import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { useQuoted } from "#client/messages/use-quoted.ts";
import { usePeople } from "#client/people/use-people.ts";
import { useSpokenText } from "#components/messages/use-preview-text.ts";

/** What a quote says: who is answered, and the beginning of what they said; both are what the message is now. */
export type Quote = { seq: number; name: string; text: string };

export function useQuote(conversationId: string, seq: number): Quote {
  const t = useTranslations("messages");
  const meId = useMe().id;
  const message = useQuoted(conversationId, seq);
  const people = usePeople(message ? [message.senderId] : []);
  const nameIn = useDisplayNames();
  const spokenText = useSpokenText();
  if (!message) return { seq, name: "", text: message === null ? t("quote.gone") : "…" };
  const name = message.senderId === meId ? t("you") : nameIn(people, message.senderId, t("someone"));
  return { seq, name, text: spokenText(message, message.senderId === meId) };
}
