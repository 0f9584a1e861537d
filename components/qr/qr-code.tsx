"use client";

import { useQr } from "#client/qr/use-qr.ts";
import { QueryView } from "#components/ui/query-view.tsx";

/** A QR code, black on white in every theme: not all scanners read it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { drawing, status, retry } = useQr(text);
  return (
    <div className="mx-auto aspect-square w-full max-w-60 overflow-hidden rounded-2xl border border-line bg-white">
      <QueryView status={status} retry={retry}>
        {drawing ? (
          <svg
            role="img"
            aria-label={label}
            viewBox={`0 0 ${drawing.size} ${drawing.size}`}
            shapeRendering="crispEdges"
            className="block size-full"
          >
            <path d={drawing.path} fill="#000" />
          </svg>
        ) : null}
      </QueryView>
    </div>
  );
}
