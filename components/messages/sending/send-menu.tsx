"use client";

import { BellOff, SendHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import { toast } from "sonner";
import { useScheduling } from "#client/messages/use-scheduled.ts";
import { RoundButton } from "#components/messages/round-button.tsx";
import { TimeDialog } from "#components/messages/sending/time-dialog.tsx";
import { TimeItems } from "#components/messages/sending/time-items.tsx";
import { MenuItem } from "#components/ui/menu.tsx";
import { MenuAt, type MenuPoint } from "#components/ui/menu-at.tsx";
import { useContextMenu } from "#components/ui/use-context-menu.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Sendable } from "#contracts/messages/kinds/index.ts";

type SendMenuProps = {
  conversationId: string;
  area: RefObject<HTMLTextAreaElement | null>;
  disabled: boolean;
  /** What the composer would send now; null while it is not to be sent. */
  compose: () => Sendable | null;
  onSilent: () => void;
  /** The message is kept elsewhere: the composer forgets it, unless it was written on meanwhile. */
  onScheduled: () => void;
};

/** The button that sends; a right click, a long touch and the menu key offer other ways to. */
export function SendMenu({ conversationId, area, disabled, compose, onSilent, onScheduled }: SendMenuProps) {
  const t = useTranslations("messages");
  const times = useTranslations("messages.scheduled");
  const [point, setPoint] = useState<MenuPoint | null>(null);
  const [choosing, setChoosing] = useState(false);
  const focusField = useRef(false);
  const later = useSendLater(conversationId, compose, onScheduled);
  const handlers = useContextMenu((at) => {
    focusField.current = false;
    if (!disabled) setPoint(at);
  });
  const choose = (time: Date) => {
    focusField.current = true;
    void later.send(time).then((done) => done && setChoosing(false));
  };
  const silently = () => {
    focusField.current = true;
    onSilent();
  };
  return (
    <>
      <RoundButton label={t("send")} hint={t("sendHint")} disabled={disabled} {...handlers}>
        <SendHorizontal aria-hidden className="rtl:-scale-x-100" />
      </RoundButton>
      <MenuAt
        label={t("sendMenu")}
        point={point}
        onClose={() => setPoint(null)}
        focusAfter={() => (focusField.current ? area.current : null)}
      >
        <MenuItem icon={<BellOff aria-hidden />} onSelect={silently}>
          {t("silent.send")}
        </MenuItem>
        <TimeItems
          label={(name, time) => times(`times.${name}`, { time })}
          later={times("later")}
          onTime={choose}
          onChoose={() => setChoosing(true)}
        />
      </MenuAt>
      {choosing ? (
        <TimeDialog
          title={times("choose")}
          action={times("schedule")}
          busy={later.busy}
          onTime={choose}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </>
  );
}

/** The words stay in the composer until the server has them. */
function useSendLater(
  conversationId: string,
  compose: SendMenuProps["compose"],
  onScheduled: SendMenuProps["onScheduled"],
) {
  const t = useTranslations("messages.scheduled");
  const { schedule } = useScheduling();
  const showError = useShowError();
  const { whole } = useTimes();
  // The same for a message that is tried again, because no answer came.
  const attempt = useRef({ content: "", clientId: "" });
  const latest = useRef(compose);
  latest.current = compose;
  const send = async (time: Date): Promise<boolean> => {
    const content = compose();
    if (!content || schedule.isPending) return false;
    const words = JSON.stringify(content);
    if (attempt.current.content !== words) attempt.current = { content: words, clientId: crypto.randomUUID() };
    const { clientId } = attempt.current;
    const sendAt = time.toISOString();
    try {
      await schedule.mutateAsync({ conversationId, clientId, content, sendAt });
    } catch (error) {
      showError(error);
      return false;
    }
    attempt.current = { content: "", clientId: "" };
    if (JSON.stringify(latest.current()) === words) onScheduled();
    toast.success(t("kept", { time: whole(sendAt) }));
    return true;
  };
  return { send, busy: schedule.isPending };
}
