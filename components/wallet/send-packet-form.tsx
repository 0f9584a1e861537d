"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type RefusalInfo, reasonOf } from "#client/refusal.ts";
import { useSendPacket } from "#client/wallet/use-send-packet.ts";
import { useBalance } from "#client/wallet/use-wallet.ts";
import { Button } from "#components/ui/button.tsx";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";
import { PacketFields } from "#components/wallet/packet-fields.tsx";
import { fieldOf, type PacketDraft, readDraft, totalOf } from "#components/wallet/packet-form-model.ts";
import { useCoins } from "#components/wallet/use-coins.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** Between two people there is one share; a community chooses how many and how they are cut. */
export function SendPacketForm({ conversation, onSent }: { conversation: Conversation; onSent: () => void }) {
  const t = useTranslations("wallet.send");
  const wallet = useTranslations("wallet");
  const community = conversation.kind === "community";
  const [draft, setDraft] = useState<PacketDraft>({
    split: "random",
    amount: "",
    shares: community ? "" : "1",
    greeting: "",
  });
  /** Errors show from the first submit on, not during the first typing. */
  const [pressed, setPressed] = useState(false);
  const [refused, setRefused] = useState<RefusalInfo | null>(null);
  const { balance } = useBalance();
  const { send, isPending } = useSendPacket();
  const { coins } = useCoins();
  const refusalText = useRefusalText();

  const read = readDraft(draft, conversation.id, balance);
  const field = refused ? fieldOf(refused.reason) : null;
  const errors: { amount?: string; shares?: string; greeting?: string } = {};
  if (pressed && "trouble" in read) errors[read.trouble.field] = refusalText(read.trouble.reason);
  else if (refused && field) errors[field] = refusalText(refused.reason, refused.params);

  const change = (part: Partial<PacketDraft>) => {
    setRefused(null);
    setDraft((now) => ({ ...now, ...part }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (isPending || "trouble" in read) return;
    send(read.terms, { onSent, onError: (error) => setRefused(reasonOf(error)) });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <PacketFields {...{ draft, change, errors, community, memberCount: conversation.memberCount }} />
      <div className="rounded-2xl bg-packet px-4 py-3 text-center text-on-packet" aria-live="polite">
        <p className="text-sm">{t("inAll")}</p>
        <p className="font-bold text-3xl tabular-nums">{wallet("coins", { amount: coins(totalOf(draft) ?? 0) })}</p>
        <p className="mt-0.5 text-sm">{balance === null ? "\u00a0" : t("balanceIs", { amount: coins(balance) })}</p>
      </div>
      {refused && !field ? (
        <p role="alert" className="font-medium text-danger text-sm">
          {refusalText(refused.reason, refused.params)}
        </p>
      ) : null}
      <Button type="submit" busy={isPending}>
        {t("submit")}
      </Button>
      <p className="text-center text-ink-soft text-xs">{t("expires")}</p>
    </form>
  );
}
