"use client";

import { useEffect, useRef, useState } from "react";
import { canRecord, type Recorded, Recorder } from "#client/media/recorder.ts";
import type { DragAction } from "#components/media/voice-recorder.tsx";

const barsShown = 48;

type RecordingOptions = { onFull: (recorded: Recorded | null) => void; onDenied: () => void };

/** The state of one recording. Unmounting stops it, so that nothing is recorded behind another page. */
export function useRecording({ onFull, onDenied }: RecordingOptions) {
  const recorder = useRef<Recorder | null>(null);
  const [state, setState] = useState<"held" | "locked" | null>(null);
  const [levels, setLevels] = useState<number[]>([0]);
  const [elapsed, setElapsed] = useState(0);
  const [pulling, setPulling] = useState<DragAction>("none");

  useEffect(() => () => recorder.current?.cancel(), []);

  const end = () => {
    const ended = recorder.current;
    recorder.current = null;
    setState(null);
    setPulling("none");
    return ended;
  };
  const stop = async (): Promise<Recorded | null> => (await end()?.stop()) ?? null;
  const start = (how: "held" | "locked") => {
    if (!canRecord()) return onDenied();
    const made = new Recorder(
      (level, ms) => {
        setLevels((old) => [...old, level].slice(-barsShown));
        setElapsed(ms);
      },
      () => void stop().then(onFull),
    );
    recorder.current = made;
    setLevels([0]);
    setElapsed(0);
    setState(how);
    made.start().catch(() => {
      if (recorder.current !== made) return;
      end();
      onDenied();
    });
  };
  return {
    state,
    levels,
    elapsed,
    pulling,
    start,
    stop,
    cancel: () => end()?.cancel(),
    lock: () => setState((now) => now && "locked"),
    pull: setPulling,
  };
}
