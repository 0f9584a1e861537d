"use client";

import { CirclePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useDraft } from "#client/conversations/use-draft.ts";
import type { Recorded } from "#client/media/recorder.ts";
import { useUploads } from "#client/media/use-upload.ts";
import type { Send } from "#client/messages/use-outbox.ts";
import { useSendTyping } from "#client/realtime/use-typing.ts";
import { EmojiOptions } from "#components/emoji/emoji-options.tsx";
import { useEmojiCompletion } from "#components/emoji/use-emoji-completion.ts";
import { useEmojiPanel } from "#components/emoji/use-emoji-panel.tsx";
import { LinkPreviewBar, useLinkPreviewOffer } from "#components/links/link-preview-bar.tsx";
import { AttachmentPreviewDialog } from "#components/media/attachment-preview-dialog.tsx";
import { useDrop } from "#components/media/use-drop.ts";
import { VoiceRecorder } from "#components/media/voice-recorder.tsx";
import { AttachmentMenu } from "#components/messages/attachment-menu.tsx";
import { MentionList } from "#components/messages/mention-list.tsx";
import { MessageField } from "#components/messages/message-field.tsx";
import { SendMenu } from "#components/messages/sending/send-menu.tsx";
import { counterFrom, useWords } from "#components/messages/sending/use-words.ts";
import { SlowNote } from "#components/messages/slow-note.tsx";
import { useInsert } from "#components/messages/use-insert.ts";
import { useMentions } from "#components/messages/use-mentions.ts";
import { useReply } from "#components/messages/use-reply.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { onEscape } from "#components/ui/on-escape.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";

const noFiles: readonly File[] = [];

type ComposerProps = { conversation: Conversation; onSend: Send };

export function ComposerForm({ conversation, onSend: onSendPlain }: ComposerProps) {
  const t = useTranslations("messages");
  const [draft, setDraft] = useDraft(conversation.id);
  const [extrasOpen, setExtrasOpen] = useState(false);
  const sign = useSendTyping(conversation.id);
  const area = useRef<HTMLTextAreaElement>(null);
  const [files, setFiles] = useState<readonly File[]>(noFiles);
  const dropping = useDrop(setFiles);
  const reply = useReply(conversation.id, onSendPlain, area);
  const onSend = reply.send;
  const sendVoice = useSendVoice(onSend);
  const link = useLinkPreviewOffer(draft);
  const insert = useInsert(area, (text) => write(text));
  const emojiPanel = useEmojiPanel({ area, insert, onSend, onOpen: () => setExtrasOpen(false) });
  const mentions = useMentions(conversation, area, draft, setDraft);
  const emoji = useEmojiCompletion(area, draft, insert);
  const words = useWords({ area, draft, setDraft, mentions, reply, offer: link.offer, onType: sign });
  const { write, send, over } = words;

  useEffect(() => {
    // A finger would get the keyboard over the messages it came to read.
    if (matchMedia("(pointer: fine)").matches) area.current?.focus({ preventScroll: true });
  }, []);

  const panelOpen = extrasOpen || emojiPanel.open;
  const closePanel = () => {
    setExtrasOpen(false);
    emojiPanel.close();
    area.current?.focus({ preventScroll: true });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React passes on the submit of a dialog that Send has opened, which is a form of its own.
    if (event.target === event.currentTarget) send();
  };

  return (
    <section
      aria-label={t("composer")}
      className="safe-bottom relative shrink-0 border-t bg-surface"
      onKeyDown={panelOpen ? onEscape(closePanel) : undefined}
    >
      <MentionList mentions={mentions} />
      <EmojiOptions completion={emoji} />
      <SlowNote conversation={conversation} />
      {reply.bar}
      <LinkPreviewBar {...link} />
      <form onSubmit={submit} className="mx-auto flex max-w-3xl items-end gap-1 p-2 sm:px-4 sm:py-3">
        <AttachmentButton
          open={extrasOpen}
          onClick={() => {
            emojiPanel.close();
            setExtrasOpen(!extrasOpen);
          }}
        />
        {emojiPanel.button}
        <div className="min-w-0 flex-1">
          <MessageField
            {...{ area, text: draft, over, mentions, emoji, onText: write, onFiles: setFiles, onSend: () => send() }}
            onOtherKey={(event) => reply.onKeyDown(event, draft)}
          />
        </div>
        {isBlank(draft) ? (
          <VoiceRecorder onRecorded={sendVoice} />
        ) : (
          <SendMenu
            conversationId={conversation.id}
            area={area}
            disabled={over}
            compose={words.compose}
            onSilent={() => send({ silent: true })}
            onScheduled={words.forget}
          />
        )}
      </form>
      <LengthLeft length={words.length} />
      <AttachmentMenu
        conversation={conversation}
        open={extrasOpen}
        onDone={() => setExtrasOpen(false)}
        onFiles={setFiles}
        onSend={onSend}
      />
      {emojiPanel.panel}
      <AttachmentPreviewDialog files={files} onClose={() => setFiles(noFiles)} onSend={onSend} />
      {dropping ? <DropHint /> : null}
    </section>
  );
}

function AttachmentButton({ open, onClick }: { open: boolean; onClick: () => void }) {
  const t = useTranslations("messages.attachments");
  return (
    <IconButton
      label={t("label")}
      aria-expanded={open}
      aria-controls="attachment-menu"
      className="size-11 rounded-full [&>svg]:size-6"
      onClick={onClick}
    >
      <CirclePlus aria-hidden className={`transition-transform ${open ? "rotate-45" : ""}`} />
    </IconButton>
  );
}

function LengthLeft({ length }: { length: number }) {
  const t = useTranslations("messages");
  const left = limits.messageText.max - length;
  return (
    <p
      id="composer-left"
      className={`px-6 pb-2 text-end text-xs empty:hidden ${left < 0 ? "text-danger" : "text-ink-soft"}`}
    >
      {length > counterFrom ? (left < 0 ? t("over", { over: -left }) : t("left", { left })) : null}
    </p>
  );
}

/** The recording is in the outbox before it is anywhere else. */
function useSendVoice(onSend: Send) {
  const uploads = useUploads();
  return ({ file, durationMs, peaks }: Recorded) => {
    const fileId = uploads.add(file, "voice", "voice");
    const voice = { fileId, durationMs, type: file.type, bytes: file.size };
    onSend({ kind: "voice", voice: { fileId }, peaks }, { kind: "voice", voice, peaks });
  };
}

function DropHint() {
  const t = useTranslations("media");
  return (
    <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center bg-scrim p-6">
      <p className="rounded-3xl border-2 border-accent border-dashed bg-raised px-8 py-10 font-semibold text-lg shadow-pop">
        {t("drop")}
      </p>
    </div>
  );
}
