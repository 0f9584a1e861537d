"use client";

import { useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import type { SkinTone } from "#client/emoji/emoji-data.ts";
import { TonePopover } from "#components/emoji/tone-popover.tsx";

type ToneButtonProps = { tone: SkinTone | null; onTone: (tone: SkinTone | null) => void };

const tones: readonly (SkinTone | null)[] = [null, 1, 2, 3, 4, 5];
/** A raised hand in each of them. */
const hands = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"] as const;

/** The skin tone of all emoji that have one. */
export function SkinToneButton({ tone, onTone }: ToneButtonProps) {
  const t = useTranslations("emoji");
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const nameOf = (one: SkinTone | null) => (one === null ? t("noTone") : t(`tones.${one}`));
  const choices = tones.map((one, at) => ({ emoji: hands[at] ?? "", name: nameOf(one), chosen: one === tone }));
  const choose = (at: number) => {
    setOpen(false);
    onTone(tones[at] ?? null);
  };
  const label = t("toneIs", { tone: nameOf(tone) });
  return (
    <TonePopover label={t("tone")} choices={choices} open={open} onOpenChange={setOpen} onChoose={choose} at={trigger}>
      <Popover.Trigger
        ref={trigger}
        aria-label={label}
        title={label}
        className="tap inline-flex aspect-square shrink-0 items-center justify-center rounded-xl text-xl hover:bg-hover"
      >
        <span aria-hidden>{hands[tone ?? 0]}</span>
      </Popover.Trigger>
    </TonePopover>
  );
}
