"use client";

import { ImageUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { invitePath, readOwnAddress } from "#client/qr/own-address.ts";
import { readPicture } from "#client/qr/read-code.ts";
import { type CameraState, useCamera } from "#client/qr/use-camera.ts";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useFileInput } from "#components/ui/file-input.tsx";

type ScanProps = { onClose: () => void; onFound?: () => void };

/** The camera looks while this is open; a picture of a code does as well. */
export function ScanDialog({ onClose, onFound }: ScanProps) {
  const t = useTranslations("qr");
  return (
    <Dialog open onOpenChange={onClose} title={t("scan")} description={t("scanHint")}>
      <Scanner
        onDone={() => {
          onClose();
          onFound?.();
        }}
      />
    </Dialog>
  );
}

type Problem = "none" | "foreign" | "unreadable";

function Scanner({ onDone }: { onDone: () => void }) {
  const t = useTranslations("qr");
  const router = useRouter();
  const showProfile = useShowProfile();
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const open = (text: string) => {
    const address = readOwnAddress(text, location.origin);
    if (!address) return setProblem("foreign");
    onDone();
    if (address.to === "person") showProfile({ personId: null, query: `@${address.handle}` });
    else router.push(invitePath(address.code));
  };
  const camera = useCamera(video, open);
  const pick = useFileInput({
    label: t("fromPicture"),
    accept: "image/*",
    onFiles: async ([file]) => {
      if (!file) return;
      setProblem(null);
      setBusy(true);
      try {
        const text = await readPicture(file);
        if (text === null) setProblem("none");
        else open(text);
      } catch {
        setProblem("unreadable");
      } finally {
        setBusy(false);
      }
    },
  });
  return (
    <div className="flex flex-col gap-4">
      <CameraView camera={camera} video={video} />
      <p role="alert" className="text-pretty text-center text-danger empty:hidden">
        {problem ? t(`problems.${problem}`) : null}
      </p>
      {pick.input}
      <Button variant={camera === "on" ? "secondary" : "primary"} busy={busy} onClick={pick.open}>
        <ImageUp aria-hidden className="size-4.5" />
        {t("fromPicture")}
      </Button>
    </div>
  );
}

type CameraViewProps = { camera: CameraState; video: React.RefObject<HTMLVideoElement | null> };

/** What the camera sees, or why there is nothing to see. */
function CameraView({ camera, video }: CameraViewProps) {
  const t = useTranslations("qr");
  const off = camera === "denied" || camera === "none";
  return (
    <>
      <p role="status" className="text-pretty text-center text-ink-soft empty:hidden">
        {camera === "on" ? null : t(`camera.${camera}`)}
      </p>
      <video
        ref={video}
        muted
        playsInline
        hidden={off}
        aria-label={t("camera.view")}
        className="mx-auto aspect-square w-full max-w-72 rounded-2xl bg-sunken object-cover"
      />
    </>
  );
}
