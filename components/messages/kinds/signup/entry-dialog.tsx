"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useAnswerChanges } from "#client/messages/use-answers.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";

/** `id`: null for one that is not added yet. */
export type Entry = { id: string | null; text: string };

type EntryProps = { message: { conversationId: string; seq: number }; entry: Entry; onClose: () => void };

/** Adds an entry of mine, or writes one anew, or takes it back. */
export function EntryDialog({ message, entry, onClose }: EntryProps) {
  const t = useTranslations("messages.signup");
  const [text, setText] = useState(entry.text);
  // The same for one that is tried again, because no answer came.
  const [entryId] = useState(() => entry.id ?? crypto.randomUUID());
  const { signUp, removeEntry } = useAnswerChanges(message);
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signUp.mutateAsync({ entryId, text: text.trim() }).then(onClose, showError);
  };
  return (
    <Dialog open onOpenChange={onClose} title={t(entry.id ? "mine" : "add")}>
      <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <TextField
          label={t("text")}
          hint={t("textHint")}
          value={text}
          maxLength={limits.signup.entry.max}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" busy={signUp.isPending}>
          {t(entry.id ? "write" : "addIt")}
        </Button>
        {entry.id ? (
          <Button
            variant="dangerSecondary"
            busy={removeEntry.isPending}
            onClick={() => removeEntry.mutateAsync(entryId).then(onClose, showError)}
          >
            {t("remove")}
          </Button>
        ) : null}
      </form>
    </Dialog>
  );
}
