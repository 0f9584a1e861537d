"use client";

import { useTranslations } from "next-intl";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { usePeople } from "#client/people/use-people.ts";
import { useTyping } from "#client/realtime/use-typing.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** "Ada is typing…" for a conversation; null when no one is typing. */
export function useTypingText({ id, peer }: Conversation): string | null {
  const t = useTranslations("conversations");
  const nameOf = useDisplayName();
  const ids = useTyping(id);
  const people = usePeople(ids.slice(0, 1));
  if (ids.length === 0) return null;
  if (peer) return t("typing");
  const [first = ""] = ids;
  const person = people.get(first);
  return ids.length === 1 && person ? t("typingOne", { name: nameOf(person) }) : t("typingMany", { count: ids.length });
}
