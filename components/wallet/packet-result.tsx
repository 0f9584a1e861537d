"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { isolate } from "#components/people/isolate.ts";
import { packetStatusOf } from "#components/wallet/packet-status.ts";
import { PacketTakes } from "#components/wallet/packet-takes.tsx";
import { useCoins } from "#components/wallet/use-coins.ts";
import { usePacketPeople } from "#components/wallet/use-packet-people.ts";
import type { Packet } from "#contracts/wallet.ts";

/** What I got, or why nothing, and who got what. `late`: I have just been told that all was taken. */
export function PacketResult({ packet, meId, late }: { packet: Packet; meId: string; late: boolean }) {
  const t = useTranslations("wallet.packet");
  const { coins } = useCoins();
  const { named } = usePacketPeople([packet.forPersonId]);
  const said = useRef<HTMLDivElement>(null);
  // The coin that had the focus is gone; what it brought is read out instead.
  useEffect(() => said.current?.focus(), []);

  const look = packetStatusOf(packet, meId);
  const sentences: Partial<Record<typeof look, string>> = {
    finished: late ? t("late") : t("states.finished"),
    expired: packet.senderId === meId ? t("states.expired") : t("tooLate"),
    waiting: t("sentTo", { name: isolate(named(packet.forPersonId)) }),
    another: t("sentTo", { name: isolate(named(packet.forPersonId)) }),
  };
  const taken = packet.takes.reduce((sum, take) => sum + take.amount, 0);
  return (
    <div>
      <div
        ref={said}
        tabIndex={-1}
        className="rounded-2xl bg-packet px-5 py-6 text-center text-on-packet outline-none focus-visible:outline-2"
      >
        <p className="text-balance">
          <bdi>{packet.greeting || t("greeting")}</bdi>
        </p>
        {packet.mine === null ? (
          <p className="mt-3 font-semibold text-lg">{sentences[look]}</p>
        ) : (
          <>
            <p className="sr-only">{t("youGot")}</p>
            <p className="mt-2 animate-rise font-bold text-5xl tabular-nums tracking-tight">{coins(packet.mine)}</p>
            <p className="mt-1 text-sm">{t("inWallet")}</p>
          </>
        )}
      </div>
      <p className="mt-3 px-1 text-ink-soft text-sm">
        {t("taken", {
          taken: packet.takes.length,
          shares: packet.shares,
          amount: coins(taken),
          total: coins(packet.total),
        })}
        {packet.state === "expired" ? ` ${t("rest")}` : ""}
      </p>
      <PacketTakes packet={packet} />
      <p className="mt-3 px-1 text-ink-soft text-xs">{t("playCredits")}</p>
    </div>
  );
}
