"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePacket } from "#client/wallet/use-packet.ts";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { Envelope } from "#components/wallet/envelope.tsx";
import { PacketDialog } from "#components/wallet/packet-dialog.tsx";
import { isDone, packetStatusOf } from "#components/wallet/packet-status.ts";
import { useCoins } from "#components/wallet/use-coins.ts";
import { usePacketPeople } from "#components/wallet/use-packet-people.ts";

/** 红包: says what became of it for me, and opens on a press. Quiet once there is nothing left in it for me. */
export function RedPacketView({ content, senderId }: MessageViewProps<"red_packet">) {
  const t = useTranslations("wallet.packet");
  const [open, setOpen] = useState(false);
  const { packet } = usePacket(content.packetId);
  const { coins } = useCoins();
  const { me, named } = usePacketPeople([packet?.forPersonId ?? null]);
  const look = packet ? packetStatusOf(packet, me.id) : null;
  const greeting = content.greeting || t("greeting");
  const state = t(`states.${look ?? "loading"}`, {
    amount: coins(packet?.mine ?? 0),
    name: named(packet?.forPersonId ?? null),
  });
  const done = isDone(look);
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        onClick={() => setOpen(true)}
        aria-label={t("face", { greeting, state })}
        className={`block w-64 max-w-full text-start transition-colors ${done ? "bg-packet-quiet text-on-packet-quiet" : "bg-packet text-on-packet hover:bg-packet-deep"}`}
      >
        <span className="flex items-center gap-3 px-3 py-3">
          <Envelope opened={done} />
          <span className="min-w-0 flex-1">
            <bdi className="line-clamp-2 font-medium">{greeting}</bdi>
            <span className="block truncate text-sm">{state}</span>
          </span>
        </span>
        <span className="mx-3 block border-current/25 border-t py-1.5 text-xs">{t("kind")}</span>
      </button>
      <PacketDialog packetId={content.packetId} senderId={senderId} open={open} onOpenChange={setOpen} />
    </>
  );
}
