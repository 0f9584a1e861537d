"use client";

import { Crown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/people/avatar.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import { useCoins } from "#components/wallet/use-coins.ts";
import { usePacketPeople } from "#components/wallet/use-packet-people.ts";
import type { Packet } from "#contracts/wallet.ts";

/** Who got what and when, the latest first; the luckiest wears a crown. */
export function PacketTakes({ packet: { takes, luckiestId } }: { packet: Packet }) {
  const t = useTranslations("wallet.packet");
  const { coins } = useCoins();
  const { brief } = useTimes();
  const { personOf, named } = usePacketPeople(takes.map((take) => take.personId));
  if (takes.length === 0) return <p className="px-1 py-4 text-center text-ink-soft">{t("unopened")}</p>;
  return (
    <ul aria-label={t("takers")} className="mt-1 divide-y">
      {takes.toReversed().map(({ personId, amount, takenAt }) => (
        <li key={personId} className="flex items-center gap-3 px-1 py-2">
          <Avatar person={personOf(personId)} size={36} />
          <span className="min-w-0 flex-1">
            <bdi className="block truncate font-medium">{named(personId)}</bdi>
            <time dateTime={takenAt} className="block text-ink-soft text-xs">
              {brief(takenAt)}
            </time>
          </span>
          <span className="shrink-0 text-end">
            <span className="block tabular-nums">{coins(amount)}</span>
            {personId === luckiestId ? (
              <span className="flex items-center justify-end gap-1 font-medium text-gold-ink text-xs">
                <Crown aria-hidden className="size-3.5" />
                {t("luckiest")}
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
