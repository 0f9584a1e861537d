"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, useEffect } from "react";
import { usePlayer } from "#client/media/use-player.ts";
import { useUnheard } from "#client/media/use-unheard.ts";
import { useFileAddress } from "#client/media/use-upload.ts";
import { UploadRing } from "#components/media/upload-ring.tsx";
import { useClock } from "#components/media/use-clock.ts";
import { Waveform } from "#components/media/waveform.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { limits } from "#contracts/limits.ts";

/** Play, bars to see and to press, length, speed while it plays, and a dot until it was played. */
export function VoiceView({
  content: { voice, peaks },
  own,
  clientId,
  conversationId,
  seq,
}: MessageViewProps<"voice">) {
  const t = useTranslations("media.voice");
  const clock = useClock();
  const address = useFileAddress(voice.fileId, "original");
  const { player, playing, speed } = usePlayer(voice.fileId);
  const unheard = useUnheard(voice.fileId, { conversationId, seq, own });
  const { fileId, durationMs } = voice;
  const order = seq ?? Number.POSITIVE_INFINITY;
  const playable = { fileId, address, durationMs, order, conversationId };

  useEffect(
    () => (own ? undefined : player.show({ fileId, address, durationMs, order, conversationId })),
    [player, own, fileId, address, durationMs, order, conversationId],
  );

  const seek = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    player.seek(
      playable,
      Math.min(0.99, Math.max(0, getComputedStyle(event.currentTarget).direction === "rtl" ? 1 - share : share)),
    );
  };
  const isPlaying = playing !== null && !playing.paused;
  const share = playing ? Math.min(1, playing.position / durationMs) : 0;
  // Longer words, wider bubbles: one sees how much there is to hear.
  const width = 150 + Math.round((110 * durationMs) / (limits.voiceSeconds.max * 1_000));
  return (
    <div className="relative flex max-w-full items-center gap-2.5 px-3 pt-2.5 pb-1.5" style={{ width: width + 80 }}>
      <button
        type="button"
        tabIndex={-1}
        onClick={() => player.toggle(playable)}
        aria-label={isPlaying ? t("pause") : t("play", { length: clock(durationMs) })}
        className="flex size-10 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent hover:bg-accent-hover"
      >
        {isPlaying ? (
          <Pause aria-hidden className="size-5 fill-current" />
        ) : (
          <Play aria-hidden className="size-5 translate-x-px fill-current" />
        )}
      </button>
      <span className="min-w-0 flex-1">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys play and pause; a place to start from is for the pointer. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
        <span onClick={seek} className="block h-7 w-full cursor-pointer">
          <Waveform peaks={peaks} share={share} />
        </span>
        <span className="flex items-center gap-1.5 text-ink-soft text-xs">
          {clock(playing ? playing.position : durationMs)}
          {unheard ? <span role="img" aria-label={t("unheard")} className="size-2 rounded-full bg-danger" /> : null}
          {playing?.failed ? <span className="text-danger">{t("failed")}</span> : null}
        </span>
      </span>
      {playing ? (
        <button
          type="button"
          tabIndex={-1}
          onClick={player.faster}
          aria-label={t("speed", { speed })}
          className="shrink-0 rounded-full bg-sunken px-2 py-0.5 font-medium text-ink-soft text-xs tabular-nums hover:text-ink"
        >
          {speed}×
        </button>
      ) : null}
      <UploadRing fileId={fileId} clientId={clientId} />
    </div>
  );
}
