"use client";

import { Combine, Copy, Forward, Star, StarOff, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { transcriptOf } from "#client/messages/transcript.ts";
import { useMarkChanges, useMarks } from "#client/messages/use-marks.ts";
import { usePeople } from "#client/people/use-people.ts";
import type { ForwardRequest } from "#components/messages/forward/forward-dialog.tsx";
import { useDeleteForMe } from "#components/messages/use-delete-for-me.ts";
import { useSpokenText } from "#components/messages/use-preview-text.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

/** A button of the bar. An action that is done calls `onDone`, which ends the selection. */
export type SelectionAction = {
  key: string;
  label: string;
  icon: ReactNode;
  disabled?: boolean;
  danger?: boolean;
  run: () => void;
};

type ActionsInput = {
  conversationId: string;
  messages: readonly Message[];
  onForward: (request: ForwardRequest) => void;
  onDone: () => void;
};

/** What can be done with the selected messages, in the order of the bar. */
export function useSelectionActions({ conversationId, messages, onForward, onDone }: ActionsInput): SelectionAction[] {
  const t = useTranslations("messages.selection");
  const copy = useCopy(messages, onDone);
  const seqs = messages.filter(({ content }) => allows(content.kind, "forward")).map(({ seq }) => seq);
  const forward = (as: ForwardRequest["as"]) => () =>
    onForward({ conversationId, seqs, as, leftOut: messages.length - seqs.length });
  const none = seqs.length === 0;
  return [
    {
      key: "forward",
      label: t("forward"),
      icon: <Forward className="rtl:-scale-x-100" />,
      disabled: none,
      run: forward("each"),
    },
    { key: "merge", label: t("merge"), icon: <Combine />, disabled: none, run: forward("merged") },
    { key: "copy", label: t("copy"), icon: <Copy />, disabled: messages.length === 0, run: copy },
    ...useKeepActions(conversationId, messages, onDone),
  ];
}

/** Starring them, or taking the stars away where all have one, and deleting them for me. */
function useKeepActions(conversationId: string, messages: readonly Message[], onDone: () => void): SelectionAction[] {
  const t = useTranslations("messages.keep");
  const showError = useShowError();
  const { starred } = useMarks(conversationId);
  const { star } = useMarkChanges(conversationId);
  const deleteForMe = useDeleteForMe(conversationId);
  const seqs = messages.map(({ seq }) => seq);
  const none = seqs.length === 0;
  const unstar = !none && seqs.every((seq) => starred.has(seq));
  return [
    {
      key: "star",
      label: unstar ? t("unstar") : t("star"),
      icon: unstar ? <StarOff /> : <Star />,
      disabled: none,
      run: () => void star.mutateAsync({ seqs, starred: !unstar }).then(onDone, showError),
    },
    {
      key: "delete",
      label: t("delete"),
      icon: <Trash2 />,
      disabled: none,
      danger: true,
      run: () => {
        deleteForMe(seqs);
        onDone();
      },
    },
  ];
}

/** Copies the messages with names and times. */
function useCopy(messages: readonly Message[], onDone: () => void) {
  const t = useTranslations("messages");
  const meId = useMe().id;
  const people = usePeople([...new Set(messages.map(({ senderId }) => senderId))].sort());
  const nameIn = useDisplayNames();
  const spokenText = useSpokenText();
  const { whole } = useTimes();
  return () => {
    const lines = messages.map((message) => ({
      name:
        message.senderId === meId
          ? (people.get(meId)?.displayName ?? t("you"))
          : nameIn(people, message.senderId, t("someone")),
      at: whole(message.sentAt),
      text: spokenText(message, message.senderId === meId),
    }));
    void navigator.clipboard.writeText(transcriptOf(lines)).then(
      () => {
        toast.success(t("menu.copied"));
        onDone();
      },
      () => toast.error(t("menu.notCopied")),
    );
  };
}
