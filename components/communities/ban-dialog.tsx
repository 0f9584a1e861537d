"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useBan } from "#client/communities/use-moderation.ts";
import { type Span, spans, untilAfter } from "#components/communities/spans.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";

type BanProps = { communityId: string; personId: string; name: string; onClose: () => void };

/** Keeps a person out: why, and for how long. */
export function BanDialog({ communityId, personId, name, onClose }: BanProps) {
  const t = useTranslations("communities.moderation");
  const [reason, setReason] = useState("");
  const [span, setSpan] = useState<Span>("always");
  const ban = useBan();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (ban.isPending) return;
    // The member's row, and this dialog with it, is gone by the answer.
    ban.mutateAsync({ communityId, personId, reason, until: untilAfter(span) }).then(onClose, showError);
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("banTitle", { name })} description={t("banHint")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("reason")}
          value={reason}
          maxLength={limits.banReason.max}
          onChange={(event) => setReason(event.target.value)}
        />
        <SelectField label={t("howLong")} value={span} onChange={(event) => setSpan(event.target.value as Span)}>
          {spans.map((one) => (
            <option key={one} value={one}>
              {t(`spans.${one}`)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" variant="danger" busy={ban.isPending}>
          {t("ban")}
        </Button>
      </form>
    </Dialog>
  );
}
