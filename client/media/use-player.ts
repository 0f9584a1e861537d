"use client";

import { useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { createPlayer, type Player, type Playing, type Speed } from "#client/media/player.ts";

let made: Player | undefined;
/** One player per tab, so that a voice message keeps playing while other pages are open. */
const player = (meId: string): Player => {
  made ??= createPlayer(meId);
  return made;
};

/** The playback state of one voice message; `played` once it was started on this device. */
export function usePlayer(fileId: string): {
  player: Player;
  playing: Playing | null;
  played: boolean;
  speed: Speed;
} {
  const store = player(useMe().id);
  const playing = useSyncExternalStore(
    store.subscribe,
    () => {
      const now = store.playing();
      return now?.fileId === fileId ? now : null;
    },
    () => null,
  );
  const played = useSyncExternalStore(
    store.subscribe,
    () => store.isHeard(fileId),
    () => true,
  );
  const speed = useSyncExternalStore(store.subscribe, store.speed, () => 1 as const);
  return { player: store, playing, played, speed };
}
