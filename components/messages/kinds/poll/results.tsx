"use client";

import { Check, CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQuizAnswer } from "#client/messages/use-answers.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

type ResultsProps = {
  content: ContentOf<"poll">;
  choices: readonly number[];
  closed: boolean;
  message: { conversationId: string; seq: number };
};

/** How many chose what, as text and as bars; of a quiz also which answer is right. */
export function PollResults({ content, choices, closed, message }: ResultsProps) {
  const t = useTranslations("messages.poll");
  const quiz = useQuizAnswer(message, content.quiz && (closed || choices.length > 0));
  return (
    <>
      <ul aria-label={t("results")} className="flex flex-col gap-1.5 px-3 py-1">
        {content.options.map((option, at) => {
          const mine = choices.includes(at);
          const mark = quiz?.correct === at ? "right" : quiz && mine ? "wrong" : mine ? "mine" : null;
          return (
            <Result key={option} option={option} votes={content.votes[at] ?? 0} all={content.voters} mark={mark} />
          );
        })}
      </ul>
      {quiz?.explanation ? (
        <p dir="auto" className="mx-3 my-1 break-words border-line border-s-2 ps-2 text-sm">
          {quiz.explanation}
        </p>
      ) : null}
    </>
  );
}

const marks = { right: CircleCheck, wrong: CircleX, mine: Check } as const;

type ResultProps = { option: string; votes: number; all: number; mark: keyof typeof marks | null };

function Result({ option, votes, all, mark }: ResultProps) {
  const t = useTranslations("messages.poll");
  const share = all === 0 ? 0 : votes / all;
  const Icon = mark && marks[mark];
  return (
    <li>
      <span className="flex items-baseline gap-2">
        <span dir="auto" className="min-w-0 flex-1 break-words">
          {option}
          {Icon ? (
            <>
              <Icon aria-hidden className="ms-1.5 inline size-4 align-text-bottom text-accent-ink" />
              <span className="sr-only">{t(`marks.${mark}`)}</span>
            </>
          ) : null}
        </span>
        <span className="shrink-0 text-ink-soft text-sm tabular-nums">{t("share", { votes, share })}</span>
      </span>
      <span aria-hidden className="mt-0.5 block h-1.5 overflow-hidden rounded-full bg-line">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
    </li>
  );
}
