"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useForward } from "#client/messages/use-forward.ts";
import { RefusedTargets } from "#components/messages/forward/refused-targets.tsx";
import { TargetPicker } from "#components/messages/forward/target-picker.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import type { Forwarded, MessageForwardInput } from "#contracts/messages/forward.ts";
import { countCodePoints } from "#contracts/text.ts";

export type ForwardRequest = Pick<MessageForwardInput, "conversationId" | "seqs" | "as"> & {
  /** Chosen messages that cannot be forwarded. */
  leftOut?: number;
};

type ForwardProps = { request: ForwardRequest; onClose: () => void; onSent?: () => void };

/** Where messages go: several conversations, with or without the name of who said them, and a note. */
export function ForwardDialog({ request, onClose, onSent }: ForwardProps) {
  const t = useTranslations("messages.forward");
  const { seqs, as, leftOut = 0 } = request;
  const description = `${t("count", { count: seqs.length })}${leftOut > 0 ? ` ${t("leftOut", { count: leftOut })}` : ""}`;
  return (
    <Dialog open onOpenChange={onClose} title={t(as === "merged" ? "titleMerged" : "title")} description={description}>
      <Form
        request={request}
        onDone={() => {
          onClose();
          onSent?.();
        }}
      />
    </Dialog>
  );
}

function Form({ request, onDone }: { request: ForwardRequest; onDone: () => void }) {
  const t = useTranslations("messages.forward");
  const showError = useShowError();
  const [targets, setTargets] = useState<readonly string[]>([]);
  const [note, setNote] = useState("");
  const [showSource, setShowSource] = useState(true);
  const [refused, setRefused] = useState<readonly Forwarded[]>([]);
  const forward = useForward();
  const over = countCodePoints(note) - limits.caption.max;
  const { conversationId, seqs, as } = request;

  const send = async () => {
    if (targets.length === 0 || over > 0) return;
    const said = isBlank(note) ? {} : { note: note.trim() };
    const input = { conversationId, seqs, as, showSource, targets: [...targets], ...said };
    const { results } = await forward.mutateAsync(input);
    const left = results.filter(({ outcome }) => outcome === "refused");
    setRefused(left);
    setTargets(left.map(({ conversationId: id }) => id));
    if (left.length > 0) return;
    toast.success(t("sent"));
    onDone();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send().catch(showError);
      }}
    >
      <div>
        <TargetPicker chosen={targets} onChange={setTargets} />
      </div>
      <RefusedTargets results={refused} />
      {as === "each" ? (
        <Toggle label={t("showSource")} hint={t("showSourceHint")} checked={showSource} onChange={setShowSource} />
      ) : null}
      <TextArea
        label={t("note")}
        rows={1}
        dir="auto"
        value={note}
        error={over > 0 ? t("noteOver", { over }) : null}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" busy={forward.isPending} disabled={targets.length === 0 || over > 0}>
        {targets.length > 1 ? t("sendTo", { count: targets.length }) : t("send")}
      </Button>
    </form>
  );
}
