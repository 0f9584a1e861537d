"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { reasonOf } from "#client/refusal.ts";
import { useOpenPacket } from "#client/wallet/use-packet.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";
import { turnCoin } from "#components/wallet/turn-coin.ts";
import { usePacketPeople } from "#components/wallet/use-packet-people.ts";
import type { Packet, PacketOpenOutput } from "#contracts/wallet.ts";

type CoverProps = {
  packet: Packet;
  /** From the press until the answer is there and the coin has come round. */
  onTurning: (turning: boolean) => void;
  onOpened: (outcome: PacketOpenOutput["outcome"]) => void;
};

/** The closed envelope: who, what they wish, and the coin. */
export function PacketCover({ packet, onTurning, onOpened }: CoverProps) {
  const t = useTranslations("wallet.packet");
  const coin = useRef<HTMLSpanElement>(null);
  const { personOf, named } = usePacketPeople([packet.senderId]);
  const { mutateAsync, isPending, error } = useOpenPacket();
  const refusalText = useRefusalText();

  const press = async () => {
    if (isPending) return;
    onTurning(true);
    const stop = turnCoin(coin.current);
    try {
      const { outcome } = await mutateAsync({ packetId: packet.id });
      await stop();
      onOpened(outcome);
    } catch {
      await stop(); // the sentence stands below the coin
    }
    onTurning(false);
  };
  const said = error ? reasonOf(error) : null;
  return (
    <div className="flex flex-col items-center gap-3 rounded-2xl bg-packet px-5 pt-8 pb-10 text-center text-on-packet">
      <Avatar person={personOf(packet.senderId)} size={56} />
      <bdi className="font-medium">{named(packet.senderId)}</bdi>
      <p className="text-balance font-semibold text-xl">
        <bdi>{packet.greeting || t("greeting")}</bdi>
      </p>
      <button
        type="button"
        aria-label={t("openIt")}
        aria-disabled={isPending || undefined}
        aria-busy={isPending || undefined}
        onClick={() => void press()}
        className="mt-4 rounded-full outline-gold outline-offset-4 [perspective:40rem]"
      >
        <span
          ref={coin}
          aria-hidden
          className="flex size-24 items-center justify-center rounded-full border-4 border-gold-deep/50 bg-gold font-bold text-4xl text-on-gold shadow-pop"
        >
          開
        </span>
      </button>
      <p role="alert" className="min-h-6 font-medium">
        {said ? refusalText(said.reason, said.params) : null}
      </p>
    </div>
  );
}
