"use client";

import { SendHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { useDraft } from "#client/conversations/use-draft.ts";
import { useSignOfTyping } from "#client/live/use-typing.ts";
import type { Silence } from "#components/conversations/use-silence.ts";
import type { Content, Sendable } from "#contracts/kinds/index.ts";
import { limits } from "#contracts/limits.ts";
import { countCodePoints, isBlank } from "#contracts/text.ts";

/** There is one composer on the page; the messages hand the focus to it by this id. */
export const composerId = "composer";
/** The counter is silent until it matters. */
const counterFrom = limits.messageText.max - 500;

type ComposerProps = { conversationId: string; silence: Silence; onSend: (content: Sendable, shown: Content) => void };

export function Composer({ conversationId, silence, onSend }: ComposerProps) {
  const t = useTranslations("messages");
  if (silence) {
    return (
      <div className="safe-bottom shrink-0 border-t bg-surface">
        <p className="px-4 py-4 text-center text-ink-soft">{t(`silence.${silence}`)}</p>
      </div>
    );
  }
  return <Writing conversationId={conversationId} onSend={onSend} />;
}

/** Blank lines around a message are slips of the Enter key; spaces inside the first line may be meant. */
const trimmed = (text: string) => text.replace(/^(?:[^\S\n]*\n)+|\s+$/g, "");

function Writing({ conversationId, onSend }: Omit<ComposerProps, "silence">) {
  const t = useTranslations("messages");
  const [draft, setDraft] = useDraft(conversationId);
  const sign = useSignOfTyping(conversationId);
  const area = useRef<HTMLTextAreaElement>(null);
  // Counting walks the whole text; the length in code units is never less, so it decides whether to.
  const length = draft.length > counterFrom ? countCodePoints(draft) : draft.length;
  const over = length > limits.messageText.max;

  useEffect(() => {
    // A finger would get the keyboard over the messages it came to read.
    if (matchMedia("(pointer: fine)").matches) area.current?.focus({ preventScroll: true });
  }, []);
  useGrowing(area, draft);

  const send = () => {
    if (over || isBlank(draft)) return;
    const content = { kind: "text" as const, text: trimmed(draft) };
    onSend(content, content);
    setDraft("");
    area.current?.focus({ preventScroll: true });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is composing, Enter chooses a word. Safari ends composing before this event: 229 tells.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return (
    <form onSubmit={submit} className="safe-bottom shrink-0 border-t bg-surface">
      <div className="mx-auto flex max-w-3xl items-end gap-2 p-2 sm:px-5 sm:py-3">
        <div className="min-w-0 flex-1">
          <textarea
            ref={area}
            id={composerId}
            rows={1}
            dir="auto"
            aria-label={t("field")}
            aria-describedby="composer-left"
            aria-invalid={over || undefined}
            placeholder={t("placeholder")}
            enterKeyHint="send"
            value={draft}
            onChange={(event) => {
              setDraft(event.target.value);
              if (event.target.value !== "") sign();
            }}
            onKeyDown={onKeyDown}
            className="pane-scroll field-sizing-content block max-h-51 min-h-11 w-full resize-none rounded-3xl border border-line-strong/60 bg-canvas px-4 outline-offset-0 focus-visible:border-transparent py-2.5 text-base leading-6 placeholder:text-ink-soft aria-invalid:border-danger sm:text-[0.9375rem]"
          />
        </div>
        <button
          type="submit"
          aria-label={t("send")}
          title={t("send")}
          disabled={over || isBlank(draft)}
          className="flex size-11 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-hover disabled:bg-sunken disabled:text-ink-soft"
        >
          <SendHorizontal aria-hidden className="size-5 rtl:-scale-x-100" />
        </button>
      </div>
      <p
        id="composer-left"
        className={`px-6 pb-2 text-end text-xs empty:hidden ${over ? "text-danger" : "text-ink-soft"}`}
      >
        {length > counterFrom ? t("left", { left: limits.messageText.max - length }) : null}
      </p>
    </form>
  );
}

/** Browsers without `field-sizing` get their height by hand. */
function useGrowing(area: { current: HTMLTextAreaElement | null }, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what decides the height.
  useEffect(() => {
    const element = area.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [area, text]);
}
