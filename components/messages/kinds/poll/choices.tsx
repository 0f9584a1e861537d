"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { AnswerButton } from "#components/messages/kinds/answer-footer.tsx";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

type ChoicesProps = {
  content: ContentOf<"poll">;
  /** What I chose before. */
  chosen: readonly number[];
  busy: boolean;
  onVote: (choices: number[]) => void;
};

/** Inside a group of radio buttons the arrows choose: elsewhere they lead to other messages. */
function keepArrows(event: KeyboardEvent) {
  if (event.key.startsWith("Arrow")) event.stopPropagation();
}

export function PollChoices({ content: { question, options, multiple }, chosen, busy, onVote }: ChoicesProps) {
  const t = useTranslations("messages.poll");
  const name = useId();
  const [picked, setPicked] = useState<readonly number[]>(chosen);
  const pick = (option: number, on: boolean) =>
    setPicked(multiple ? [...picked.filter((one) => one !== option), ...(on ? [option] : [])] : [option]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (picked.length > 0 && !busy) onVote([...picked]);
      }}
    >
      <fieldset onKeyDown={keepArrows} className="flex flex-col">
        <legend className="sr-only">{question}</legend>
        {options.map((option, at) => (
          <label key={option} className="tap flex items-center gap-2.5 px-3 py-1.5 hover:bg-hover">
            <input
              type={multiple ? "checkbox" : "radio"}
              name={name}
              tabIndex={-1}
              checked={picked.includes(at)}
              onChange={(event) => pick(at, event.target.checked)}
              className="size-4 shrink-0"
            />
            <span dir="auto" className="min-w-0 break-words">
              {option}
            </span>
          </label>
        ))}
      </fieldset>
      <div className="px-1">
        <AnswerButton submit busy={busy} disabled={picked.length === 0}>
          {t("vote")}
        </AnswerButton>
      </div>
    </form>
  );
}
