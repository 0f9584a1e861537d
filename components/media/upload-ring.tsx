"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useUpload } from "#client/media/use-upload.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";

const radius = 20;
const length = 2 * Math.PI * radius;

/** How far a file of mine is, over whatever shows it; a press takes the message back. Nothing once it has arrived. */
export function UploadRing({ fileId, clientId }: { fileId: string; clientId: string }) {
  const t = useTranslations("media");
  const format = useFormatter();
  const { outbox } = useRealtime();
  const upload = useUpload(fileId);
  if (!upload || upload.state === "ready" || upload.state === "failed") return null;
  const share = upload.bytes === 0 ? 0 : upload.sent / upload.bytes;
  const turning = upload.state !== "uploading";
  return (
    <span className="absolute inset-0 z-10 flex items-center justify-center bg-black/25">
      <button
        type="button"
        tabIndex={-1}
        onClick={() => outbox.discard(clientId)}
        aria-label={t("cancel")}
        title={t("cancel")}
        className="relative flex size-12 items-center justify-center rounded-full bg-black/60 text-white"
      >
        <svg
          viewBox="0 0 48 48"
          className={`absolute inset-0 size-full -rotate-90 ${turning ? "motion-safe:animate-spin" : ""}`}
          aria-hidden
          focusable="false"
        >
          <circle
            cx="24"
            cy="24"
            r={radius}
            fill="none"
            stroke="currentColor"
            strokeWidth="3"
            strokeLinecap="round"
            strokeDasharray={length}
            strokeDashoffset={length * (1 - (turning ? 0.25 : Math.max(0.03, share)))}
          />
        </svg>
        <X aria-hidden className="size-5" />
      </button>
      <progress className="sr-only" max={1} value={share} aria-label={t("progress")}>
        {format.number(share, { style: "percent" })}
      </progress>
    </span>
  );
}
