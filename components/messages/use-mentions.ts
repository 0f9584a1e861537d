"use client";

import { type KeyboardEvent, type RefObject, useState } from "react";
import { useMembers } from "#client/communities/use-members.ts";
import { mentionAt, mentionsIn, type Nameable, suggest } from "#client/messages/mentions.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { Mention } from "#contracts/kinds/text.ts";

const nobody: Nameable[] = [];

export type Mentions = {
  /** Who may be meant at the caret, and which of them Enter would take. */
  suggestions: Nameable[];
  chosen: number;
  pick(person: Nameable): void;
  /** True when the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
  onCaret(): void;
  resolve(text: string): Mention[];
};

/** Naming people while writing: who is in a community is asked for only once an "@" is there. */
export function useMentions(
  conversation: Conversation,
  area: RefObject<HTMLTextAreaElement | null>,
  draft: string,
  setDraft: (text: string) => void,
): Mentions {
  const people = useNameable(conversation, draft.includes("@"));
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState(-1);
  const named = mentionAt(draft, caret);
  const finished = named !== null && people.some(({ name }) => name === named.query);
  const open = named !== null && named.start !== dismissed && !finished;
  const suggestions = open ? suggest(people, named.query) : nobody;
  const at = Math.min(chosen, Math.max(0, suggestions.length - 1));

  const pick = (person: Nameable) => {
    if (!named) return;
    const text = `${draft.slice(0, named.start)}@${person.name} ${draft.slice(caret)}`;
    const after = named.start + person.name.length + 2;
    setDraft(text);
    setCaret(after);
    setChosen(0);
    // Once React has written the text, which moves the caret to its end.
    requestAnimationFrame(() => {
      area.current?.focus({ preventScroll: true });
      area.current?.setSelectionRange(after, after);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const person = suggestions[at];
    if (!person || event.nativeEvent.isComposing) return false;
    if (event.key === "ArrowDown") setChosen((at + 1) % suggestions.length);
    else if (event.key === "ArrowUp") setChosen((at - 1 + suggestions.length) % suggestions.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(person);
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
    resolve: (text) => (text.includes("@") ? mentionsIn(text, people) : []),
  };
}

/** By the names that everyone sees: a remark of mine says nothing to the others. */
function useNameable({ id, kind, peer }: Conversation, wanted: boolean): Nameable[] {
  const { people } = useMembers(kind === "community" && wanted ? id : null);
  if (kind === "direct") return peer ? [{ id: peer.id, name: peer.displayName, handle: peer.handle }] : nobody;
  return [...people.values()].map((person) => ({
    id: person.id,
    name: person.displayName,
    handle: person.handle,
  }));
}
