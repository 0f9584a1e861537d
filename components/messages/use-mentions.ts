"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { may } from "#client/communities/rights.ts";
import { useMembers } from "#client/communities/use-members.ts";
import { mentionAt, mentionsIn, movePicks, type Nameable, suggest } from "#client/messages/mentions.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { everyoneId, type Mention } from "#contracts/messages/kinds/text.ts";

const none: Nameable[] = [];

export type Mentions = {
  /**
   * Who may be meant at the caret, and which of them the arrows stand on: Enter takes that one, and sends without one.
   */
  suggestions: Nameable[];
  chosen: number | null;
  pick(person: Nameable): void;
  /** True when the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
  onCaret(): void;
  /** Told of each edit: a pick stays that person while its name stands, wherever the edit moves it. */
  onText(text: string): void;
  /** The people whom the text names; `text` is the draft, or what is left of it without the blank around it. */
  resolve(text: string): Mention[];
};

/** `known`: the mentions of a text that is written anew. Naming people while writing: who is in a community is asked for only once an "@" is there. */
export function useMentions(
  conversation: Conversation,
  area: RefObject<HTMLTextAreaElement | null>,
  draft: string,
  setDraft: (text: string) => void,
  known: readonly Mention[] = [],
): Mentions {
  const people = useNameable(conversation, draft.includes("@"));
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  const picks = useRef<Mention[]>([...known]);
  const [dismissed, setDismissed] = useState(-1);
  const named = mentionAt(draft, caret);
  const finished = named !== null && people.some(({ name }) => name === named.query);
  const open = named !== null && named.start !== dismissed && !finished;
  const suggestions = open ? suggest(people, named.query) : none;
  const at = chosen === null || suggestions.length === 0 ? null : Math.min(chosen, suggestions.length - 1);
  const follow = (text: string) => {
    picks.current = movePicks(picks.current, draft, text);
    setChosen(null);
  };

  const placed = useRef<number | null>(null);
  // React has written the text by now, which moves the caret to its end. A moment later a letter may have been typed there.
  useLayoutEffect(() => {
    if (placed.current === null) return;
    area.current?.focus({ preventScroll: true });
    area.current?.setSelectionRange(placed.current, placed.current);
    placed.current = null;
  });

  const pick = (person: Nameable) => {
    if (!named) return;
    const text = `${draft.slice(0, named.start)}@${person.name} ${draft.slice(caret)}`;
    const after = named.start + person.name.length + 2;
    const pick = { personId: person.id, start: named.start, length: person.name.length + 1 };
    follow(text);
    picks.current = [...picks.current, pick].sort((a, b) => a.start - b.start);
    setDraft(text);
    setCaret(after);
    placed.current = after;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const most = suggestions.length;
    if (most === 0) return false;
    const person = at === null ? undefined : suggestions[at];
    if (event.key === "ArrowDown") setChosen(at === null ? 0 : (at + 1) % most);
    else if (event.key === "ArrowUp") setChosen(at === null ? most - 1 : (at - 1 + most) % most);
    else if (person && (event.key === "Enter" || event.key === "Tab")) pick(person);
    else if (event.key === "Escape" && named) setDismissed(named.start);
    else return false;
    event.preventDefault();
    return true;
  };
  return {
    suggestions,
    chosen: at,
    pick,
    onKeyDown,
    onCaret: () => setCaret(area.current?.selectionStart ?? 0),
    onText: follow,
    resolve: (text) => {
      if (!text.includes("@")) return [];
      // Blank goes from both ends: two edits.
      const end = draft.trimEnd();
      // Of a message that was written when I still might call all, the words stay.
      const mayCall = may(conversation, "mention_all");
      const allowed = picks.current.filter(({ personId }) => mayCall || personId !== everyoneId);
      return mentionsIn(text, people, movePicks(movePicks(allowed, draft, end), end, text));
    },
  };
}

/** By the names that everyone sees: a alias of mine says nothing to the others. Who may call all can name all, first. */
function useNameable(conversation: Conversation, wanted: boolean): Nameable[] {
  const { id, kind, peer } = conversation;
  const t = useTranslations("messages.mentionAll");
  const { people } = useMembers(kind === "community" && wanted ? id : null);
  if (kind !== "community") return peer ? [{ id: peer.id, name: peer.displayName, handle: peer.handle }] : none;
  const members = [...people.values()].map((person) => ({
    id: person.id,
    name: person.displayName,
    handle: person.handle,
  }));
  return may(conversation, "mention_all") ? [{ id: everyoneId, name: t("name"), handle: "all" }, ...members] : members;
}
