"use client";

import { useTranslations } from "next-intl";
import { usePacket } from "#client/wallet/use-packet.ts";
import { isolate } from "#components/people/isolate.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { PacketCover } from "#components/wallet/packet-cover.tsx";
import { PacketResult } from "#components/wallet/packet-result.tsx";
import { packetStatusOf } from "#components/wallet/packet-status.ts";
import { usePacketCeremony } from "#components/wallet/use-packet-ceremony.ts";
import { usePacketPeople } from "#components/wallet/use-packet-people.ts";

type PacketDialogProps = {
  packetId: string;
  senderId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** A closed envelope to be opened, or what became of an open one. */
export function PacketDialog({ packetId, senderId, open, onOpenChange }: PacketDialogProps) {
  const t = useTranslations("wallet.packet");
  const { me, named } = usePacketPeople([senderId]);
  const title = senderId === me.id ? t("fromMe") : t("from", { name: isolate(named(senderId)) });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title}>
      <PacketInside packetId={packetId} meId={me.id} />
    </Dialog>
  );
}

/** The answer is there before the ceremony has ended: the closed envelope stays until it has. */
function PacketInside({ packetId, meId }: { packetId: string; meId: string }) {
  const { packet, status, retry } = usePacket(packetId);
  const ceremony = usePacketCeremony(packetId);
  if (!packet) return <QueryView status={status} retry={retry} />;
  if (ceremony.isRunning || packetStatusOf(packet, meId) === "unopened") {
    return <PacketCover packet={packet} ceremony={ceremony} />;
  }
  return <PacketResult packet={packet} meId={meId} late={ceremony.outcome === "finished"} />;
}
