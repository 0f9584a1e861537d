"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useAnswerChanges, useOwnAnswer } from "#client/messages/use-answers.ts";
import { useHasComposer } from "#components/messages/has-composer.ts";
import { AnswerButton, AnswerState, CloseNow, focusRow } from "#components/messages/kinds/answer-footer.tsx";
import { PollChoices } from "#components/messages/kinds/poll/choices.tsx";
import { PollResults } from "#components/messages/kinds/poll/results.tsx";
import { VotersDialog } from "#components/messages/kinds/poll/voters-dialog.tsx";
import { useClosed } from "#components/messages/kinds/use-closed.ts";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

function kindOf({ quiz, multiple, anonymous }: ContentOf<"poll">) {
  if (anonymous) return quiz ? "anonymousQuiz" : multiple ? "anonymousSeveral" : "anonymousOne";
  return quiz ? "quiz" : multiple ? "several" : "one";
}

/** 投票: choices until I have voted, results after it. */
export function PollView({ content, own, conversationId, seq }: MessageViewProps<"poll">) {
  const t = useTranslations("messages.poll");
  const { choices } = useOwnAnswer(conversationId, seq);
  const [changing, setChanging] = useState(false);
  const [listing, setListing] = useState(false);
  const closed = useClosed(content);
  const hasComposer = useHasComposer();
  const ref = useRef<HTMLDivElement>(null);
  const { vote } = useAnswerChanges({ conversationId, seq: seq ?? 0 });
  const showError = useShowError();
  const mayVote = hasComposer && seq !== null && !closed;
  const voted = choices.length > 0;
  const mayChange = mayVote && voted && !content.quiz;
  const isChoosing = !closed && hasComposer && (!voted || (changing && mayChange));
  const send = (chosen: number[]) => {
    focusRow(ref.current);
    void vote.mutateAsync(chosen).then(() => setChanging(false), showError);
  };
  return (
    <div ref={ref} className="w-72 max-w-full pt-2">
      <p dir="auto" className="break-words px-3 font-medium">
        {content.question}
      </p>
      <p className="px-3 pb-1 text-ink-soft text-xs">{t(`kinds.${kindOf(content)}`)}</p>
      {isChoosing ? (
        <PollChoices content={content} chosen={choices} busy={seq === null || vote.isPending} onVote={send} />
      ) : (
        <PollResults content={content} choices={choices} closed={closed} message={{ conversationId, seq: seq ?? 0 }} />
      )}
      <AnswerState {...content} closed={closed}>
        {t("voters", { count: content.voters })}
      </AnswerState>
      {seq === null ? null : (
        <div className="flex flex-wrap px-1 empty:hidden">
          {mayChange ? (
            <>
              <AnswerButton onClick={() => setChanging(!changing)}>{t(changing ? "keep" : "change")}</AnswerButton>
              <AnswerButton busy={vote.isPending} onClick={() => send([])}>
                {t("takeBack")}
              </AnswerButton>
            </>
          ) : null}
          {!content.anonymous && content.voters > 0 ? (
            <AnswerButton onClick={() => setListing(true)}>{t("who")}</AnswerButton>
          ) : null}
          {own && mayVote ? <CloseNow conversationId={conversationId} seq={seq} /> : null}
        </div>
      )}
      {listing && seq !== null ? (
        <VotersDialog content={content} message={{ conversationId, seq }} onClose={() => setListing(false)} />
      ) : null}
    </div>
  );
}
