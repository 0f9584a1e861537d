import { createListeners } from "#client/listeners.ts";
import { createLocalStore } from "#client/local-store.ts";

/** A voice message that can be played: `order` is its position in the conversation. */
export type Playable = { fileId: string; address: string; durationMs: number; order: number; conversationId: string };
export type Playing = { fileId: string; position: number; paused: boolean; failed: boolean };

const speeds = [1, 1.5, 2] as const;
export type Speed = (typeof speeds)[number];

const playedStore = createLocalStore("played/");
/** The oldest entries are dropped, so very old voice messages show as unplayed again. */
const maxPlayed = 2_000;

/** Plays one voice message at a time in this tab, then the next unplayed one of the conversation. */
export function createPlayer(meId: string) {
  const { notify, subscribe } = createListeners();
  const shown = new Map<string, Playable>();
  const played = new Set<string>(playedStore.read(meId).split(" "));
  let audio: HTMLAudioElement | undefined;
  let current: Playable | undefined;
  let playing: Playing | null = null;
  let speed: Speed = 1;

  function element(): HTMLAudioElement {
    if (audio) return audio;
    const made = new Audio();
    made.preload = "auto";
    made.ontimeupdate = () => update({ position: made.currentTime * 1_000 });
    made.onplay = () => update({ paused: false });
    made.onpause = () => update({ paused: true });
    made.onerror = () => update({ paused: true, failed: true });
    made.onended = () => next();
    audio = made;
    return made;
  }

  function update(to: Partial<Playing>): void {
    if (!playing) return;
    playing = { ...playing, ...to };
    notify();
  }

  function next(): void {
    const ended = current;
    current = undefined;
    playing = null;
    notify();
    const following = ended && nextAfter(ended, [...shown.values()], played);
    if (following) play(following, 0);
  }

  function play(one: Playable, position: number): void {
    const sound = element();
    if (current?.fileId !== one.fileId) {
      current = one;
      sound.src = one.address;
      playing = { fileId: one.fileId, position, paused: false, failed: false };
    }
    played.add(one.fileId);
    playedStore.write(meId, [...played].slice(-maxPlayed).join(" "));
    sound.currentTime = position / 1_000;
    sound.playbackRate = speed;
    void sound.play().catch(() => {}); // onerror reports it, or pause was pressed already
    notify();
  }

  return {
    subscribe,
    playing: () => playing,
    speed: () => speed,
    isHeard: (fileId: string) => played.has(fileId),
    /** It was played on another device: not what is played next here. */
    heardElsewhere: (fileId: string) => void played.add(fileId),
    /** Registers a voice message that is on screen, so that it can be played next. */
    show: (one: Playable) => {
      shown.set(one.fileId, one);
      return () => void shown.delete(one.fileId);
    },
    toggle: (one: Playable) => {
      if (current?.fileId !== one.fileId || playing?.failed) return play(one, 0);
      if (audio?.paused) void audio.play().catch(() => {});
      else audio?.pause();
    },
    seek: (one: Playable, share: number) => play(one, share * one.durationMs),
    faster: () => {
      speed = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
      if (audio) audio.playbackRate = speed;
      notify();
    },
  };
}

function nextAfter({ conversationId, order }: Playable, all: Playable[], played: ReadonlySet<string>) {
  return all
    .filter((one) => one.conversationId === conversationId && one.order > order && !played.has(one.fileId))
    .toSorted((a, b) => a.order - b.order)[0];
}

export type Player = ReturnType<typeof createPlayer>;
