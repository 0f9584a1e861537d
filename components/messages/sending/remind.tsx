"use client";

import { AlarmClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useReminding } from "#client/messages/use-reminding.ts";
import { TimeDialog } from "#components/messages/sending/time-dialog.tsx";
import { TimeItems } from "#components/messages/sending/time-items.tsx";
import { SubMenu } from "#components/ui/menu.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Message } from "#contracts/messages/message.ts";

/** Of a message's menu: when to be reminded of it. */
export function RemindItems({ message, onChoose }: { message: Message; onChoose: () => void }) {
  const t = useTranslations("messages.reminder");
  const { remind } = useRemind(message);
  return (
    <SubMenu icon={<AlarmClock aria-hidden />} label={t("remind")}>
      <TimeItems
        label={(name, time) => t(`times.${name}`, { time })}
        later={t("later")}
        onTime={(time) => void remind(time)}
        onChoose={onChoose}
      />
    </SubMenu>
  );
}

/** Any time to be reminded of a message. */
export function RemindDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useTranslations("messages.reminder");
  const { remind, busy } = useRemind(message);
  const choose = (time: Date) => void remind(time).then((done) => done && onClose());
  return <TimeDialog title={t("remind")} action={t("set")} busy={busy} onTime={choose} onClose={onClose} />;
}

function useRemind({ conversationId, seq }: Message) {
  const t = useTranslations("messages.reminder");
  const { whole } = useTimes();
  const showError = useShowError();
  const { mutateAsync, isPending } = useReminding();
  const remind = async (time: Date): Promise<boolean> => {
    try {
      await mutateAsync({ of: { conversationId, seq }, sendAt: time.toISOString() });
    } catch (error) {
      showError(error);
      return false;
    }
    toast.success(t("kept", { time: whole(time.toISOString()) }));
    return true;
  };
  return { remind, busy: isPending };
}
