"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCreateInvite } from "#client/communities/use-invites.ts";
import { invitePath } from "#client/qr/own-address.ts";
import { QrSheet } from "#components/qr/qr-sheet.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Community } from "#contracts/communities.ts";
import { limits } from "#contracts/limits.ts";

/** In seconds; 0: without an end. */
const spans = { hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000, never: 0 } as const;
type Span = keyof typeof spans;
/** 0: without a limit. */
const uses = [1, 10, 100, 0] as const;

/** Makes a link, and shows it and its QR code: this once, because only its hash is stored. */
export function NewInviteDialog({ community, onClose }: { community: Community; onClose: () => void }) {
  const t = useTranslations("communities");
  const [code, setCode] = useState<string | null>(null);
  return (
    <Dialog open onOpenChange={onClose} title={t(code === null ? "invite.new" : "invite.code")}>
      {code === null ? (
        <NewInviteForm communityId={community.id} onMade={setCode} />
      ) : (
        <QrSheet
          path={invitePath(code)}
          name={community.name}
          lines={[`${t("number")} ${community.number}`]}
          fileName={`imchat-community-${community.number}.png`}
          hint={t("invite.once")}
        />
      )}
    </Dialog>
  );
}

function NewInviteForm({ communityId, onMade }: { communityId: string; onMade: (code: string) => void }) {
  const t = useTranslations("communities.invite");
  const [label, setLabel] = useState("");
  const [span, setSpan] = useState<Span>("week");
  const [maxUses, setMaxUses] = useState<number>(0);
  const { mutateAsync, isPending } = useCreateInvite();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = {
      communityId,
      label: label.trim(),
      seconds: spans[span] || undefined,
      maxUses: maxUses || undefined,
    };
    mutateAsync(asked).then((made) => onMade(made.code), showError);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
      <TextField
        label={t("name")}
        hint={t("nameHint")}
        value={label}
        maxLength={limits.inviteLabel.max}
        autoComplete="off"
        onChange={(event) => setLabel(event.target.value)}
      />
      <SelectField label={t("ends")} value={span} onChange={(event) => setSpan(event.target.value as Span)}>
        {Object.keys(spans).map((name) => (
          <option key={name} value={name}>
            {t(`spans.${name as Span}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("places")} value={maxUses} onChange={(event) => setMaxUses(Number(event.target.value))}>
        {uses.map((count) => (
          <option key={count} value={count}>
            {t("people", { count })}
          </option>
        ))}
      </SelectField>
      <Button type="submit" busy={isPending}>
        {t("make")}
      </Button>
    </form>
  );
}
