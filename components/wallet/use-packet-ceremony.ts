"use client";

import { useRef, useState } from "react";
import { usePreloadPeople } from "#client/people/use-people.ts";
import { reasonOf } from "#client/refusal.ts";
import { useOpenPacket } from "#client/wallet/use-packet.ts";
import { openFlap, turnCoin } from "#components/wallet/ceremony-motion.ts";
import type { Packet, PacketOpenOutput } from "#contracts/wallet.ts";

/** The reveal waits this long for the names of who got what; without them it shows "…". */
const namesMs = 2_000;

/**
 * Opens a packet with its ceremony: the coin turns until the answer and the names are there, at least once; then the flap
 * opens. A packet with nothing for me ends the turning at once and has no ceremony. `isRunning` lasts from the press to
 * the reveal, and the closed envelope stays on the screen meanwhile, although the answer is in the cache.
 */
export function usePacketCeremony(packetId: string) {
  const envelope = useRef<HTMLDivElement>(null);
  const flap = useRef<HTMLDivElement>(null);
  const coin = useRef<HTMLSpanElement>(null);
  // State is set after the next render; a second press may come before it.
  const pressed = useRef(false);
  const [isRunning, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<PacketOpenOutput["outcome"] | null>(null);
  const { mutateAsync, error } = useOpenPacket();
  const preload = usePreloadPeople();

  const run = async (parts: { envelope: HTMLElement; flap: HTMLElement; coin: HTMLElement }) => {
    const turning = turnCoin(parts.coin);
    try {
      const answer = await mutateAsync({ packetId });
      setOutcome(answer.outcome);
      if (answer.outcome !== "opened") return;
      await preload(namesIn(answer.packet), namesMs);
      await turning.finish();
      await openFlap(parts);
    } catch {
      // The refusal stands in `refused`.
    } finally {
      turning.stop();
    }
  };
  const press = async () => {
    const parts = { envelope: envelope.current, flap: flap.current, coin: coin.current };
    if (pressed.current || !parts.envelope || !parts.flap || !parts.coin) return;
    pressed.current = true;
    setRunning(true);
    await run({ envelope: parts.envelope, flap: parts.flap, coin: parts.coin });
    pressed.current = false;
    setRunning(false);
  };
  return { parts: { envelope, flap, coin }, press, isRunning, outcome, refused: error ? reasonOf(error) : null };
}

/** The people of the list, as `PacketTakes` asks for them. */
const namesIn = ({ takes }: Packet): string[] => takes.map(({ personId }) => personId);
