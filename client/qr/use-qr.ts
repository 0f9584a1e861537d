"use client";

import { useQuery } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";

/** The drawing of a QR code; what draws it is fetched when the first one is shown. */
export function useQr(text: string) {
  const query = useQuery({
    queryKey: ["qr", text],
    queryFn: () => import("#client/qr/encode.ts").then(({ drawQr }) => drawQr(text)),
    enabled: text !== "",
  });
  return { drawing: query.data ?? null, ...stateOf(query) };
}
