"use client";

import { LocateFixed } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { readDegrees } from "#components/map/read-degrees.ts";
import { StaticMap } from "#components/map/static-map.tsx";
import type { AttachmentMenuProps } from "#components/messages/attachment-menu.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { limits } from "#contracts/limits.ts";

/** Where I am, or any place by its numbers: browsers without a position, and places to meet, have those. */
export function LocationComposer({ open, onOpenChange, onSend }: AttachmentMenuProps) {
  const t = useTranslations("messages.location");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("send")} description={t("hint")}>
      <PlaceForm
        onSend={(place) => {
          const content = { kind: "location" as const, ...place };
          onSend(content, content);
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

type Place = { latitude: number; longitude: number; name: string };

function PlaceForm({ onSend }: { onSend: (place: Place) => void }) {
  const t = useTranslations("messages.location");
  const [numbers, setNumbers] = useState("");
  const [name, setName] = useState("");
  const [state, setState] = useState<"idle" | "finding" | "denied">("idle");
  const place = readDegrees(numbers);
  const find = () => {
    if (!("geolocation" in navigator)) return setState("denied");
    setState("finding");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // About a metre; more digits would only tell more than anybody asked.
        setNumbers(`${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`);
        setState("idle");
      },
      () => setState("denied"),
      { timeout: 15_000 },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (place) onSend({ ...place, name: name.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
      <Button variant="secondary" busy={state === "finding"} onClick={find}>
        <LocateFixed aria-hidden className="size-4.5" />
        {t("here")}
      </Button>
      {state === "denied" ? (
        <p role="alert" className="text-danger text-sm">
          {t("denied")}
        </p>
      ) : null}
      <TextField
        label={t("numbers")}
        hint={t("numbersHint")}
        value={numbers}
        inputMode="text"
        autoComplete="off"
        onChange={(event) => setNumbers(event.target.value)}
      />
      <TextField
        label={t("name")}
        value={name}
        maxLength={limits.locationName.max}
        onChange={(event) => setName(event.target.value)}
      />
      {place ? (
        <div className="overflow-hidden rounded-2xl">
          <StaticMap {...place} />
        </div>
      ) : null}
      <Button type="submit" disabled={!place}>
        {t("sendIt")}
      </Button>
    </form>
  );
}
