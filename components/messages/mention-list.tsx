"use client";

import { useTranslations } from "next-intl";
import type { Mentions } from "#components/messages/use-mentions.ts";
import { GeneratedAvatar } from "#components/people/avatar.tsx";

export const mentionListId = "mentions";
export const mentionOptionId = (at: number) => `mention-${at}`;

/** Above the field; the focus stays in it, and the arrows move through the list. */
export function MentionList({ mentions: { suggestions, chosen, pick } }: { mentions: Mentions }) {
  const t = useTranslations("messages");
  if (suggestions.length === 0) return null;
  return (
    <div
      role="listbox"
      id={mentionListId}
      aria-label={t("mention")}
      className="absolute inset-x-0 bottom-full z-20 mx-auto mb-1 w-full max-w-80 animate-rise rounded-2xl border border-line bg-raised p-1.5 shadow-pop sm:start-5 sm:mx-0"
    >
      {suggestions.map((person, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the field, which keeps the focus.
        <div
          key={person.id}
          role="option"
          id={mentionOptionId(at)}
          tabIndex={-1}
          aria-selected={at === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => pick(person)}
          className="tap flex cursor-pointer items-center gap-3 rounded-xl px-2 py-1 aria-selected:bg-hover"
        >
          <GeneratedAvatar id={person.id} seed={0} name={person.name} size={28} round />
          <bdi className="min-w-0 flex-1 truncate font-medium">{person.name}</bdi>
          <span className="text-ink-soft text-sm">@{person.handle}</span>
        </div>
      ))}
    </div>
  );
}
