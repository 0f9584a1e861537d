"use client";

import { SmilePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentType, type ReactNode, useState } from "react";
import type { ReactionPickerProps } from "#components/emoji/reaction-picker.tsx";
import { MenuItem } from "#components/ui/menu.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Message } from "#contracts/messages/message.ts";

type Picker = ComponentType<ReactionPickerProps>;

/**
 * `more`: the item of a menu that opens the picker of reactions. `picker` stands beside the menu, which closes when it
 * opens. The code of the picker is fetched when it is first opened.
 */
export function useReactionPicker(message: Message): { more: ReactNode; picker: ReactNode } {
  const [Picker, setPicker] = useState<Picker | null>(null);
  return {
    more: <MoreItem onPicker={(loaded) => setPicker(() => loaded)} />,
    picker: Picker ? <Picker message={message} onClose={() => setPicker(null)} /> : null,
  };
}

function MoreItem({ onPicker }: { onPicker: (loaded: Picker) => void }) {
  const t = useTranslations("emoji");
  const showError = useShowError();
  const open = () =>
    void import("#components/emoji/reaction-picker.tsx").then((module) => onPicker(module.ReactionPicker), showError);
  return (
    <MenuItem icon={<SmilePlus aria-hidden />} label={t("more")} onSelect={open}>
      {null}
    </MenuItem>
  );
}
