"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import { itemsOf, type MediaItem, placeAfter } from "#client/messages/media-items.ts";
import { usePicturesAround } from "#client/messages/use-conversation-media.ts";
import type { LightboxProps } from "#components/media/lightbox.tsx";

/** Pages are asked for when fewer items than this are left on a side. */
const ahead = 6;

/** What the lightbox shows, and where it is: first what is there, then the pages around it, which it goes on loading. */
export function useLightboxItems({ items: own, at, around, onClose }: LightboxProps) {
  const pages = usePicturesAround(around?.conversationId ?? "", around?.seq ?? null);
  const { messages, loaded, loadOlder, loadNewer } = pages;
  const items = useMemo(() => (loaded ? itemsOf(messages) : own), [loaded, messages, own]);
  const [current, setCurrent] = useState({ key: own[at]?.key ?? "", seq: around?.seq ?? 0 });
  const index = placeAfter(items, current);
  const key = items[index]?.key;
  const show = useCallback((item: MediaItem | undefined) => {
    if (item) setCurrent(({ seq }) => ({ key: item.key, seq: item.source?.seq ?? seq }));
  }, []);

  // Another one came into the place of one that was recalled or deleted.
  if (key !== undefined && key !== current.key) show(items[index]);
  useEffect(() => {
    if (key === undefined) onClose();
  }, [key, onClose]);
  useEffect(() => {
    if (index < ahead) loadOlder();
    if (index >= items.length - ahead) loadNewer();
  }, [index, items.length, loadOlder, loadNewer]);

  const view = useCallback((now: { index: number }) => show(items[now.index]), [items, show]);
  return { items, index: Math.max(0, index), view, complete: loaded || around === null };
}
