"use client";

import { Check, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import { useQuoted } from "#client/messages/use-quoted.ts";
import { EmojiOptions } from "#components/emoji/emoji-options.tsx";
import { useEmojiCompletion } from "#components/emoji/use-emoji-completion.ts";
import { contentOf } from "#components/messages/kinds/views.ts";
import { MentionList } from "#components/messages/mention-list.tsx";
import { MessageField } from "#components/messages/message-field.tsx";
import { TargetBar } from "#components/messages/quote-view.tsx";
import { RoundButton } from "#components/messages/round-button.tsx";
import { useInsert } from "#components/messages/use-insert.ts";
import { useMentions } from "#components/messages/use-mentions.ts";
import { onEscape } from "#components/ui/on-escape.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import { type Content, wordsOf } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";
import { countCodePoints, plainText, trimMessage } from "#contracts/text.ts";

type EditFormProps = { conversation: Conversation; seq: number; onDone: () => void };

/** In the place of the composer while a message of mine is written anew; the draft stays where it is. */
export function EditForm({ conversation, seq, onDone }: EditFormProps) {
  const message = useQuoted(conversation.id, seq);
  const content = message && contentOf(message);
  const words = content ? wordsOf(content) : null;
  const gone = message !== undefined && words === null;
  useEffect(() => {
    // Recalled meanwhile, on another device.
    if (gone) onDone();
  }, [gone, onDone]);
  if (!message || !content || words === null) return null;
  return <Editing {...{ conversation, message, content, words, onDone }} />;
}

type EditingProps = Omit<EditFormProps, "seq"> & { message: Message; content: Content; words: string };

/** Captions are shorter than texts, and may be empty. */
function limitOf({ kind }: Content) {
  const isText = kind === "text" || kind === "link";
  return { isText, max: isText ? limits.messageText.max : limits.caption.max };
}

function Editing({ conversation, message, content, words, onDone }: EditingProps) {
  const t = useTranslations("messages.edit");
  const showError = useShowError();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(words);
  const { edit } = useMessageChanges(message);
  const { isText, max } = limitOf(content);
  const known = "mentions" in content ? content.mentions : undefined;
  const mentions = useMentions(conversation, area, text, setText, known);
  const write = (typed: string) => {
    const plain = plainText(typed);
    mentions.onText(plain);
    setText(plain);
  };
  const insert = useInsert(area, write);
  const emoji = useEmojiCompletion(area, text, insert);
  const over = countCodePoints(text) > max;
  useEffect(() => {
    area.current?.focus({ preventScroll: true });
    area.current?.setSelectionRange(words.length, words.length);
  }, [words.length]);

  const save = () => {
    if (over || edit.isPending || (isText && isBlank(text))) return;
    const said = trimMessage(text);
    const named = isText ? mentions.resolve(said) : [];
    const { editedAt } = message;
    edit.mutate(
      { text: said, editedAt, ...(named.length > 0 ? { mentions: named } : {}) },
      { onSuccess: onDone, onError: showError },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the field inside; here it is only caught.
    <div className="safe-bottom relative shrink-0 border-t bg-surface" onKeyDown={onEscape(onDone)}>
      <MentionList mentions={mentions} />
      <EmojiOptions completion={emoji} />
      <TargetBar
        label={t("label")}
        icon={<Pencil />}
        cancel={t("cancel")}
        name={t("label")}
        text={words}
        onCancel={onDone}
      />
      <form onSubmit={submit} className="mx-auto flex max-w-3xl items-end gap-1 p-2 sm:px-4 sm:py-3">
        <div className="min-w-0 flex-1">
          <MessageField {...{ area, text, over, mentions, emoji, onText: write, onFiles: () => {}, onSend: save }} />
        </div>
        <RoundButton label={t("save")} disabled={over || (isText && isBlank(text))}>
          <Check aria-hidden />
        </RoundButton>
      </form>
    </div>
  );
}
