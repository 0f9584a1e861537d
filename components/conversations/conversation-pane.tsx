"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { isMarkedUnread } from "#client/conversations/settings.ts";
import { useConfigure } from "#client/conversations/use-configure.ts";
import { useConversation } from "#client/conversations/use-conversations.ts";
import { useComposeTarget } from "#client/messages/use-compose-target.ts";
import { type Send, useOutbox } from "#client/messages/use-outbox.ts";
import { useSelected } from "#client/messages/use-selection.ts";
import { ConversationDetails } from "#components/conversations/conversation-details.tsx";
import { ConversationHeader } from "#components/conversations/conversation-header.tsx";
import { FindBar } from "#components/conversations/find/find-bar.tsx";
import { ReadOnlyText } from "#components/conversations/read-only-text.tsx";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { useGonePage } from "#components/conversations/use-gone-page.ts";
import { useReadOnlyReason } from "#components/conversations/use-read-only-reason.ts";
import { ComposerForm } from "#components/messages/composer-form.tsx";
import { EditForm } from "#components/messages/edit-form.tsx";
import { HasComposer } from "#components/messages/has-composer.ts";
import { PinnedBanner } from "#components/messages/pins/pinned-banner.tsx";
import { SelectionBar } from "#components/messages/selection/selection-bar.tsx";
import { ScheduledBar } from "#components/messages/sending/scheduled-bar.tsx";
import { Timeline } from "#components/messages/timeline.tsx";
import { useShortcut } from "#components/shortcuts/use-shortcut.ts";
import { QueryView } from "#components/ui/query-view.tsx";
import type { Conversation } from "#contracts/conversations.ts";

type PaneProps = {
  conversationId: string;
  seq: number | null;
  detailsOpen: boolean;
  onDetails: (open: boolean) => void;
};

export function ConversationPane({ conversationId, seq, detailsOpen, onDetails }: PaneProps) {
  const t = useTranslations("conversations");
  const { conversation, status, retry } = useConversation(conversationId);
  const nameOf = useConversationName();
  useGonePage(conversation ? nameOf(conversation) : status === "missing" ? undefined : null);
  if (status === "ready" && conversation) {
    return <Pane conversation={conversation} seq={seq} detailsOpen={detailsOpen} onDetails={onDetails} />;
  }
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <ConversationHeader conversation={null} detailsOpen={false} onDetails={() => undefined} />
      <QueryView status={status} retry={retry}>
        <p className="px-6 py-16 text-center text-ink-soft">{t("missing")}</p>
      </QueryView>
    </div>
  );
}

type OpenProps = Omit<PaneProps, "conversationId"> & { conversation: Conversation };

function Pane({ conversation, seq, detailsOpen, onDetails }: OpenProps) {
  const outbox = useOutbox(conversation.id);
  const readOnlyReason = useReadOnlyReason(conversation);
  const selected = useSelected(conversation.id);
  useUnmark(conversation);
  const { finding, setFinding } = useFinding();
  return (
    <>
      <div
        data-pane
        // Below 1024 px the details cover the conversation, which keeps its place underneath but takes no focus.
        className={`relative flex min-w-0 flex-1 flex-col max-pair:animate-page ${detailsOpen ? "max-lg:invisible" : ""}`}
      >
        <ConversationHeader
          conversation={conversation}
          detailsOpen={detailsOpen}
          onDetails={onDetails}
          onFind={() => setFinding(!finding)}
        />
        {finding ? <FindBar conversation={conversation} onClose={() => setFinding(false)} /> : null}
        <PinnedBanner conversation={conversation} />
        <HasComposer value={readOnlyReason === null}>
          <Timeline key={seq ?? "open"} conversation={conversation} outbox={outbox} target={seq} />
        </HasComposer>
        <ScheduledBar conversationId={conversation.id} />
        {selected ? (
          <SelectionBar conversationId={conversation.id} messages={selected} />
        ) : readOnlyReason ? (
          <div className="safe-bottom shrink-0 border-t bg-surface">
            <p className="px-4 py-4 text-center text-ink-soft">
              <ReadOnlyText reason={readOnlyReason} muted={conversation.muted} />
            </p>
          </div>
        ) : (
          <Composer conversation={conversation} onSend={outbox.send} />
        )}
      </div>
      {detailsOpen ? <ConversationDetails conversation={conversation} onClose={() => onDetails(false)} /> : null}
    </>
  );
}

/** Whether the conversation is searched; the focus goes back to the field for a message when that ends. */
function useFinding() {
  const [finding, setOpen] = useState(false);
  const setFinding = (open: boolean) => {
    setOpen(open);
    if (!open) document.getElementById("composer")?.focus();
  };
  useShortcut("find", () => setFinding(true));
  return { finding, setFinding };
}

/** Opening a conversation ends its mark; one that I mark while it is open keeps it until I open it again. */
function useUnmark(conversation: Conversation): void {
  const { mutate } = useConfigure();
  const { id } = conversation;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what it was when the conversation was opened.
  useEffect(() => {
    if (isMarkedUnread(conversation)) mutate({ conversationId: id, markedUnread: false });
  }, [id, mutate]);
}

/** Writes a message, or one of mine anew. */
function Composer({ conversation, onSend }: { conversation: Conversation; onSend: Send }) {
  const [target, setTarget] = useComposeTarget(conversation.id);
  const done = useCallback(() => setTarget(null), [setTarget]);
  if (target?.action !== "edit") return <ComposerForm conversation={conversation} onSend={onSend} />;
  return <EditForm key={target.seq} conversation={conversation} seq={target.seq} onDone={done} />;
}
