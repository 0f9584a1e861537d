"use client";

import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import type { People } from "#client/people/use-people.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Message, Reaction } from "#contracts/messages/message.ts";

type ReactionsProps = { message: Message; mine: readonly string[]; people: People };

/** The reactions under a message: who reacted how, and mine to add and take back. */
export function MessageReactions({ message, mine, people }: ReactionsProps) {
  const t = useTranslations("messages.reactions");
  const me = useMe();
  const nameIn = useDisplayNames();
  const showError = useShowError();
  const { react } = useMessageChanges(message);
  const pending = react.isPending ? react.variables : null;
  const isMine = (emoji: string) => (pending?.emoji === emoji ? pending.reacted : mine.includes(emoji));
  const countOf = ({ emoji, count }: Reaction) => count + Number(isMine(emoji)) - Number(mine.includes(emoji));
  const namesOf = ({ personIds, count }: Reaction) => {
    const names = personIds.map((id) => (id === me.id ? t("me") : nameIn(people, id, t("someone"))));
    return t("names", { names: names.join(t("comma")), more: count - names.length });
  };
  return (
    <ul aria-label={t("label")} className="mt-1 mb-1 flex max-w-full flex-wrap gap-1">
      {message.reactions.map((reaction) => {
        const { emoji } = reaction;
        const count = countOf(reaction);
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={isMine(emoji)}
              aria-label={t("reaction", { emoji, count, names: namesOf(reaction) })}
              title={namesOf(reaction)}
              onClick={() => react.mutate({ emoji, reacted: !isMine(emoji) }, { onError: showError })}
              className="inline-flex h-7 min-w-11 items-center justify-center gap-1 rounded-full border border-line bg-surface px-2 text-ink-soft text-xs tabular-nums transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-own aria-pressed:text-ink"
            >
              <span aria-hidden className="text-sm leading-none">
                {emoji}
              </span>
              {count}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
