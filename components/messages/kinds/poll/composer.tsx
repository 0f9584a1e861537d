"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { AttachmentMenuProps } from "#components/messages/attachment-menu.tsx";
import { type Closing, ClosingField, closesAtOf } from "#components/messages/kinds/closing-field.tsx";
import { OptionFields } from "#components/messages/kinds/poll/option-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { limits } from "#contracts/limits.ts";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { unansweredPoll } from "#contracts/messages/kinds/poll.ts";

type Poll = Extract<Sendable, { kind: "poll" }>;

/** A question with options, and how it is answered. */
export function PollComposer({ open, onOpenChange, onSend }: AttachmentMenuProps) {
  const t = useTranslations("messages.poll");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("send")}>
      <PollForm
        onSend={(poll) => {
          onSend(poll, unansweredPoll(poll));
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

const empty = { question: "", options: ["", ""], multiple: false, anonymous: false, quiz: false };

function PollForm({ onSend }: { onSend: (poll: Poll) => void }) {
  const t = useTranslations("messages.poll");
  const [form, setForm] = useState(empty);
  const [closing, setClosing] = useState<Closing>(null);
  const [quiz, setQuiz] = useState({ correct: 0, explanation: "" });
  const change = (more: Partial<typeof empty>) => setForm({ ...form, ...more });
  const question = form.question.trim();
  const options = form.options.map((option) => option.trim()).filter((option) => option !== "");
  const closesAt = closesAtOf(closing);
  const twice = new Set(options).size < options.length;
  const ready = question !== "" && options.length >= limits.poll.options.min && !twice && closesAt !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const { multiple, anonymous } = form;
    const asked = { kind: "poll" as const, question, options, multiple, anonymous, closesAt };
    const correct = Math.min(quiz.correct, options.length - 1);
    onSend(form.quiz ? { ...asked, multiple: false, quiz: { ...quiz, correct } } : asked);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
      <TextField
        label={t("question")}
        value={form.question}
        maxLength={limits.poll.question.max}
        autoComplete="off"
        onChange={(event) => change({ question: event.target.value })}
      />
      <OptionFields options={form.options} twice={twice} onChange={(all) => change({ options: all })} />
      <Toggle label={t("anonymous")} checked={form.anonymous} onChange={(anonymous) => change({ anonymous })} />
      {form.quiz ? null : (
        <Toggle label={t("multiple")} checked={form.multiple} onChange={(multiple) => change({ multiple })} />
      )}
      <Toggle label={t("isQuiz")} hint={t("quizHint")} checked={form.quiz} onChange={(on) => change({ quiz: on })} />
      {form.quiz ? (
        <>
          <SelectField
            label={t("correct")}
            value={quiz.correct}
            onChange={(event) => setQuiz({ ...quiz, correct: Number(event.target.value) })}
          >
            {options.map((option, at) => (
              <option key={option} value={at}>
                {option}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("explanation")}
            value={quiz.explanation}
            maxLength={limits.poll.explanation.max}
            onChange={(event) => setQuiz({ ...quiz, explanation: event.target.value })}
          />
        </>
      ) : null}
      <ClosingField value={closing} onChange={setClosing} />
      <Button type="submit" disabled={!ready}>
        {t("sendIt")}
      </Button>
    </form>
  );
}
