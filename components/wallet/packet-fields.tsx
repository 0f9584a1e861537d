"use client";

import { useTranslations } from "next-intl";
import { TextField } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import type { PacketDraft } from "#components/wallet/packet-form-model.ts";
import { limits } from "#contracts/limits.ts";

type FieldsProps = {
  draft: PacketDraft;
  change: (part: Partial<PacketDraft>) => void;
  errors: { amount?: string; shares?: string; greeting?: string };
  community: boolean;
  memberCount: number;
};

export function PacketFields({ draft, change, errors, community, memberCount }: FieldsProps) {
  const t = useTranslations("wallet.send");
  const packet = useTranslations("wallet.packet");
  const options = (["random", "equal"] as const).map((value) => ({ value, label: t(value), hint: t(`${value}Hint`) }));
  return (
    <>
      {community ? (
        <RadioGroup
          label={t("split")}
          value={draft.split}
          options={options}
          onChange={(split) => change({ split })}
          direction="column"
        />
      ) : null}
      <TextField
        label={t(community ? (draft.split === "random" ? "total" : "each") : "amount")}
        error={errors.amount}
        value={draft.amount}
        inputMode="decimal"
        autoComplete="off"
        placeholder="0.00"
        maxLength={12}
        onChange={(event) => change({ amount: event.target.value })}
      />
      {community ? (
        <TextField
          label={t("shares")}
          hint={t("sharesHint", { count: memberCount })}
          error={errors.shares}
          value={draft.shares}
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          onChange={(event) => change({ shares: event.target.value })}
        />
      ) : null}
      <TextField
        label={t("greeting")}
        error={errors.greeting}
        value={draft.greeting}
        placeholder={packet("greeting")}
        maxLength={limits.redPacket.greeting}
        onChange={(event) => change({ greeting: event.target.value })}
      />
    </>
  );
}
