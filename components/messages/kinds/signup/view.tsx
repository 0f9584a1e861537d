"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useOwnAnswer } from "#client/messages/use-answers.ts";
import { useHasComposer } from "#components/messages/has-composer.ts";
import { AnswerButton, AnswerState, CloseNow } from "#components/messages/kinds/answer-footer.tsx";
import { EntriesDialog } from "#components/messages/kinds/signup/entries-dialog.tsx";
import { type Entry, EntryDialog } from "#components/messages/kinds/signup/entry-dialog.tsx";
import { ShownEntries } from "#components/messages/kinds/signup/shown-entries.tsx";
import { useClosed } from "#components/messages/kinds/use-closed.ts";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** 接龙: what it is about, the last entries, and mine. */
export function SignupView({ content, own, conversationId, seq }: MessageViewProps<"signup">) {
  const t = useTranslations("messages.signup");
  const { entries: mine } = useOwnAnswer(conversationId, seq);
  const [sheet, setSheet] = useState<Entry | "list" | null>(null);
  const closed = useClosed(content);
  const mayWrite = useHasComposer() && seq !== null && !closed;
  const [first] = mine;
  return (
    <div className="w-72 max-w-full pt-2">
      <p dir="auto" className="break-words px-3 font-medium">
        {content.title}
      </p>
      {content.note === "" ? null : (
        <p dir="auto" className="whitespace-pre-wrap break-words px-3 text-sm">
          {content.note}
        </p>
      )}
      <ShownEntries entries={content.entries} />
      <AnswerState {...content} closed={closed}>
        {t("count", { count: content.count })}
      </AnswerState>
      {seq === null ? null : (
        <div className="flex flex-wrap px-1 empty:hidden">
          {mayWrite && (content.several || !first) ? (
            <AnswerButton onClick={() => setSheet({ id: null, text: "" })}>{t("add")}</AnswerButton>
          ) : null}
          {mayWrite && first && !content.several ? (
            <AnswerButton onClick={() => setSheet(first)}>{t("mine")}</AnswerButton>
          ) : null}
          {content.count > 0 ? <AnswerButton onClick={() => setSheet("list")}>{t("all")}</AnswerButton> : null}
          {own && mayWrite ? <CloseNow conversationId={conversationId} seq={seq} /> : null}
        </div>
      )}
      {seq === null || sheet === null ? null : sheet === "list" ? (
        <EntriesDialog
          {...{ message: { conversationId, seq }, title: content.title, mayWrite }}
          onEdit={setSheet}
          onClose={() => setSheet(null)}
        />
      ) : (
        <EntryDialog message={{ conversationId, seq }} entry={sheet} onClose={() => setSheet(null)} />
      )}
    </div>
  );
}
