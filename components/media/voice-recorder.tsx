"use client";

import { Lock, Mic, SendHorizontal, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type PointerEvent, useRef } from "react";
import { toast } from "sonner";
import type { Recorded } from "#client/media/recorder.ts";
import { useClock } from "#components/media/use-clock.ts";
import { useRecording } from "#components/media/use-recording.ts";
import { Waveform } from "#components/media/waveform.tsx";
import { IconButton } from "#components/ui/button.tsx";

/** Let go sooner than this and it was a click: then it records until it is pressed again. */
const clickMs = 350;
/** How far the finger goes until it means something. */
const cancelDistance = 90;
const lockDistance = 70;

/**
 * Hold to speak, let go to send, slide back to forget, slide up to go on with free hands; a click or a key starts the
 * last of these. Covers the rest of the composer while recording.
 */
export function VoiceRecorder({ onRecorded }: { onRecorded: (recorded: Recorded) => void }) {
  const t = useTranslations("media.voice");
  const finish = (recorded: Recorded | null) => {
    if (recorded) onRecorded(recorded);
    else toast(t("tooShort"));
  };
  const recording = useRecording({ onFull: finish, onDenied: () => toast.error(t("denied")) });
  const hold = useHold(recording, finish);
  const { state } = recording;
  return (
    <>
      {state ? <Speaking recording={recording} pull={hold.pull} onFinish={finish} /> : null}
      <button
        type="button"
        aria-label={t("record")}
        title={t("recordHint")}
        {...hold.handlers}
        className={`ms-1 flex size-11 shrink-0 touch-none select-none items-center justify-center rounded-full text-ink-soft transition-transform hover:bg-hover hover:text-ink ${state === "held" ? "relative z-20 scale-125 bg-accent text-on-accent" : ""} ${state === "locked" ? "hidden" : ""}`}
      >
        <Mic aria-hidden className="size-5.5" />
      </button>
    </>
  );
}

type Recording = ReturnType<typeof useRecording>;
export type DragAction = "none" | "cancel" | "lock";

/** What a pointer that is held does. */
function useHold(recording: Recording, onFinish: (recorded: Recorded | null) => void) {
  const from = useRef<{ x: number; y: number; at: number } | null>(null);
  const pulled = (event: PointerEvent<HTMLElement>): DragAction => {
    if (!from.current) return "none";
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const back = (from.current.x - event.clientX) * (rtl ? -1 : 1);
    if (back > cancelDistance) return "cancel";
    return from.current.y - event.clientY > lockDistance ? "lock" : "none";
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || recording.state) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, y: event.clientY, at: performance.now() };
    recording.start("held");
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!from.current) return;
    const pull = pulled(event);
    recording.pull(pull);
    if (pull !== "lock") return;
    from.current = null;
    recording.lock();
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (!from.current) return;
    const pull = pulled(event);
    const short = performance.now() - from.current.at < clickMs;
    from.current = null;
    if (pull === "cancel") recording.cancel();
    else if (short) recording.lock();
    else void recording.stop().then(onFinish);
  };
  const onPointerCancel = () => {
    if (from.current) recording.cancel();
    from.current = null;
  };
  // A key press is a click without a pointer.
  const onClick = (event: { detail: number }) => {
    if (event.detail === 0 && !recording.state) recording.start("locked");
  };
  return { pull: recording.pulling, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onClick } };
}

type SpeakingProps = { recording: Recording; pull: DragAction; onFinish: (recorded: Recorded | null) => void };

/** In place of the field: that it records, how long, how loud, and the ways out. */
function Speaking({ recording, pull, onFinish }: SpeakingProps) {
  const t = useTranslations("media.voice");
  const clock = useClock();
  const locked = recording.state === "locked";
  return (
    <fieldset
      aria-label={t("recording")}
      className="absolute inset-0 z-10 flex animate-fade items-center gap-3 bg-surface px-4"
    >
      {locked ? (
        <IconButton label={t("forget")} onClick={recording.cancel}>
          <Trash2 aria-hidden />
        </IconButton>
      ) : null}
      <span aria-hidden className="size-2.5 shrink-0 rounded-full bg-danger motion-safe:animate-pulse" />
      <span role="timer" className="w-10 shrink-0 tabular-nums">
        {clock(recording.elapsed)}
      </span>
      <span className="h-7 min-w-0 flex-1">
        <Waveform peaks={recording.levels} share={1} />
      </span>
      {locked ? (
        <button
          type="button"
          // biome-ignore lint/a11y/noAutofocus: recording started by keyboard, so the send button gets the focus.
          autoFocus
          aria-label={t("send")}
          title={t("send")}
          onClick={() => void recording.stop().then(onFinish)}
          className="flex size-11 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent hover:bg-accent-hover"
        >
          <SendHorizontal aria-hidden className="size-5 rtl:-scale-x-100" />
        </button>
      ) : (
        <span className={`me-14 shrink-0 text-sm ${pull === "cancel" ? "font-medium text-danger" : "text-ink-soft"}`}>
          {pull === "cancel" ? t("letGoToForget") : t("slide")}
        </span>
      )}
      {locked ? null : (
        <span
          aria-hidden
          className="absolute end-4 bottom-full mb-3 flex size-11 items-center justify-center rounded-full border border-line bg-raised text-ink-soft shadow-pop"
        >
          <Lock className="size-4.5" />
        </span>
      )}
    </fieldset>
  );
}
