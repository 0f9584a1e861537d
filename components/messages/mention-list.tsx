"use client";

import { UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Mentions } from "#components/messages/use-mentions.ts";
import { GeneratedAvatar } from "#components/people/avatar.tsx";
import { OptionList } from "#components/ui/option-list.tsx";
import { everyoneId } from "#contracts/messages/kinds/text.ts";

export const mentionListId = "mentions";

/** The people who may be meant. */
export function MentionList({ mentions: { suggestions, chosen, pick } }: { mentions: Mentions }) {
  const t = useTranslations("messages");
  const options = suggestions.map((person) => ({
    key: person.id,
    content: (
      <>
        {person.id === everyoneId ? (
          <UsersRound aria-hidden className="size-7 rounded-full bg-accent-soft p-1 text-accent-ink" />
        ) : (
          <GeneratedAvatar id={person.id} seed={0} name={person.name} size={28} round />
        )}
        <bdi className="min-w-0 flex-1 truncate font-medium">{person.name}</bdi>
        <span className="text-ink-soft text-sm">
          {person.id === everyoneId ? t("mentionAll.hint") : `@${person.handle}`}
        </span>
      </>
    ),
  }));
  const pickAt = (at: number) => {
    const person = suggestions[at];
    if (person) pick(person);
  };
  return <OptionList id={mentionListId} label={t("mention")} options={options} chosen={chosen} onPick={pickAt} />;
}
