"use client";

import { LocateFixed } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { PlaceMap } from "#components/map/place-map.tsx";
import { PlaceSearch } from "#components/map/place-search.tsx";
import { useCities } from "#components/map/use-cities.ts";
import { useHere } from "#components/map/use-here.ts";
import type { AttachmentMenuProps } from "#components/messages/attachment-menu.tsx";
import { LocationCard } from "#components/messages/kinds/location/location-card.tsx";
import { PlaceSummary } from "#components/messages/kinds/location/place-summary.tsx";
import { usePlaceForm } from "#components/messages/kinds/location/use-place-form.ts";
import { SendPreview } from "#components/messages/send-preview.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { limits } from "#contracts/limits.ts";

/** A place on the map, by search, by the device's position or by its numbers. */
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
  const [attempt, setAttempt] = useState(0);
  const { cities, status } = useCities(attempt);
  const form = usePlaceForm(cities);
  const here = useHere(form.goHere);
  const { place, name } = form;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (place) onSend({ ...place, name: name.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
      <PlaceSearch
        cities={cities}
        status={status}
        onPick={form.pickCity}
        onRetry={() => setAttempt((before) => before + 1)}
      />
      <PlaceMap view={form.view} change={form.changeMap} cities={cities} />
      <PlaceSummary view={form.view} place={place} cities={cities} />
      <Button variant="secondary" busy={here.state === "finding"} onClick={here.find}>
        <LocateFixed aria-hidden className="size-4.5" />
        {t("here")}
      </Button>
      {here.state === "idle" || here.state === "finding" ? null : (
        <p role="alert" className="text-danger text-sm">
          {t(here.state)}
        </p>
      )}
      <TextField
        label={t("numbers")}
        hint={t("numbersHint")}
        error={form.isUnreadable ? t("numbersWrong") : null}
        value={form.numbers}
        inputMode="text"
        autoComplete="off"
        maxLength={60}
        onChange={(event) => form.typeNumbers(event.target.value)}
      />
      <TextField
        label={t("name")}
        value={name}
        maxLength={limits.locationName.max}
        onChange={(event) => form.typeName(event.target.value)}
      />
      {place ? (
        <SendPreview>
          <span className="block w-64 max-w-full">
            <LocationCard {...place} name={name.trim()} />
          </span>
        </SendPreview>
      ) : null}
      <Button type="submit" disabled={!place}>
        {t("sendIt")}
      </Button>
    </form>
  );
}
