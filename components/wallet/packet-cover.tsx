"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "#components/people/avatar.tsx";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";
import type { usePacketCeremony } from "#components/wallet/use-packet-ceremony.ts";
import { usePacketPeople } from "#components/wallet/use-packet-people.ts";
import type { Packet } from "#contracts/wallet.ts";

type CoverProps = { packet: Packet; ceremony: ReturnType<typeof usePacketCeremony> };

/** The closed envelope: the flap with who sends it and what they wish, the coin that seals it, and the pocket behind. */
export function PacketCover({ packet, ceremony: { parts, press, isRunning, refused } }: CoverProps) {
  const t = useTranslations("wallet.packet");
  const { personOf, named } = usePacketPeople([packet.senderId]);
  const refusalText = useRefusalText();
  return (
    <div
      ref={parts.envelope}
      className="relative mx-auto flex w-full max-w-76 flex-col items-center overflow-hidden rounded-2xl bg-packet-deep text-center text-on-packet shadow-pop [perspective:50rem]"
    >
      <span aria-hidden className="absolute inset-x-6 top-6 bottom-1/4 rounded-xl bg-on-packet" />
      <span aria-hidden className="absolute inset-x-0 top-[45%] bottom-0 border-gold-deep/60 border-t-2 bg-packet" />
      <div
        ref={parts.flap}
        className="relative flex w-full origin-top flex-col items-center gap-2 [border-end-end-radius:50%_3.5rem] [border-end-start-radius:50%_3.5rem] border-gold-deep/60 border-b-2 bg-packet px-6 pt-9 pb-24 shadow-pop"
      >
        <Avatar person={personOf(packet.senderId)} size={56} />
        <bdi className="max-w-full truncate font-medium">{named(packet.senderId)}</bdi>
        <p className="text-balance font-semibold text-xl">
          <bdi>{packet.greeting || t("greeting")}</bdi>
        </p>
      </div>
      <button
        type="button"
        aria-label={t("openIt")}
        aria-disabled={isRunning || undefined}
        aria-busy={isRunning || undefined}
        onClick={() => void press()}
        className="relative -mt-15 rounded-full outline-gold outline-offset-4 [perspective:40rem]"
      >
        <span
          ref={parts.coin}
          aria-hidden
          className="flex size-26 items-center justify-center rounded-full border-4 border-gold-deep bg-gold font-bold text-4xl text-on-gold shadow-pop ring-4 ring-gold/40 ring-inset"
        >
          開
        </span>
      </button>
      <p role="alert" className="relative min-h-20 px-6 pt-4 pb-6 font-medium">
        {refused ? refusalText(refused.reason, refused.params) : null}
      </p>
    </div>
  );
}
