"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { AttachmentMenuProps } from "#components/messages/attachment-menu.tsx";
import { type Closing, ClosingField, closesAtOf } from "#components/messages/kinds/closing-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextArea, TextField } from "#components/ui/field.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { limits } from "#contracts/limits.ts";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { emptySignup } from "#contracts/messages/kinds/signup.ts";

type Signup = Extract<Sendable, { kind: "signup" }>;

/** A list to which people add themselves. */
export function SignupComposer({ open, onOpenChange, onSend }: AttachmentMenuProps) {
  const t = useTranslations("messages.signup");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("send")}>
      <SignupForm
        onSend={(signup) => {
          onSend(signup, emptySignup(signup));
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function SignupForm({ onSend }: { onSend: (signup: Signup) => void }) {
  const t = useTranslations("messages.signup");
  const [title, setTitle] = useState("");
  const [note, setNote] = useState("");
  const [several, setSeveral] = useState(false);
  const [closing, setClosing] = useState<Closing>(null);
  const closesAt = closesAtOf(closing);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "" || closesAt === undefined) return;
    onSend({ kind: "signup", title: title.trim(), note: note.trim(), several, closesAt });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
      <TextField
        label={t("title")}
        value={title}
        maxLength={limits.signup.title.max}
        autoComplete="off"
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextArea
        label={t("note")}
        value={note}
        maxLength={limits.signup.note.max}
        onChange={(event) => setNote(event.target.value)}
      />
      <Toggle label={t("several")} checked={several} onChange={setSeveral} />
      <ClosingField value={closing} onChange={setClosing} />
      <Button type="submit" disabled={title.trim() === "" || closesAt === undefined}>
        {t("sendIt")}
      </Button>
    </form>
  );
}
