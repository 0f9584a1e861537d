"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { readFrame } from "#client/qr/read-code.ts";

export type CameraState = "starting" | "on" | "denied" | "none";

/** Between two looks at what the camera shows: a reader of its own takes about 50 ms of a phone. */
const lookEveryMs = 200;

/** `null` where there is no camera, or none for pages without encryption. */
function openCamera(): Promise<MediaStream> | null {
  // Undefined on pages that are not encrypted.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  return devices?.getUserMedia({ audio: false, video: { facingMode: "environment" } }) ?? null;
}

/**
 * Shows the camera in `video` and calls `onRead` with the text of each QR code that it sees. Unmounting stops the
 * camera, also when it starts later than that.
 */
export function useCamera(video: RefObject<HTMLVideoElement | null>, onRead: (text: string) => void): CameraState {
  const [state, setState] = useState<CameraState>("starting");
  const read = useRef(onRead);
  read.current = onRead;
  useEffect(() => {
    const opening = openCamera();
    if (!opening) return setState("none");
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: MediaStream | undefined;
    const look = async () => {
      const text = video.current && video.current.readyState >= 2 ? await readFrame(video.current) : null;
      if (over) return;
      if (text !== null) read.current(text);
      timer = setTimeout(watch, lookEveryMs);
    };
    const watch = () =>
      void look().catch(() => {
        if (!over) setState("none");
      });
    const show = async () => {
      stream = await opening;
      if (over || !video.current) return stop();
      video.current.srcObject = stream;
      await video.current.play();
      if (over) return;
      setState("on");
      watch();
    };
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    show().catch((error: unknown) => {
      stop();
      if (over) return;
      setState(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "none");
    });
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, [video]);
  return state;
}
