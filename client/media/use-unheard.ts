"use client";

import { useEffect } from "react";
import { usePlayer } from "#client/media/use-player.ts";
import { isHeard } from "#client/messages/heard.ts";
import { useMarkChanges, useMarks } from "#client/messages/use-marks.ts";

type Voice = { conversationId: string; seq: number | null; own: boolean };

/**
 * Whether I have not played a voice message yet, on any of my devices. One that was played here, also while there was no
 * network, is told to the server as soon as it is on the screen.
 */
export function useUnheard(fileId: string, { conversationId, seq, own }: Voice): boolean {
  const { player, played } = usePlayer(fileId);
  const { status, heard } = useMarks(conversationId);
  const { mutate } = useMarkChanges(conversationId).hear;
  const counts = !own && seq !== null && status === "ready";
  const known = counts && isHeard(heard, seq);
  useEffect(() => {
    if (!counts || known === played) return;
    if (known) player.heardElsewhere(fileId);
    else mutate({ seqs: [seq] });
  }, [counts, known, played, seq, fileId, player, mutate]);
  return counts && !known && !played;
}
