"use client";

import { PinOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import { usePeople } from "#client/people/use-people.ts";
import { KeptMessage } from "#components/messages/kept-message.tsx";
import { mayPin } from "#components/messages/pins/may-pin.ts";
import { IconButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { Message } from "#contracts/messages/message.ts";

type ListProps = { conversation: Conversation; pinned: Message[]; onClose: () => void };

/** All pinned messages of a conversation, the last pinned first; each leads to its place. */
export function PinnedList({ conversation, pinned, onClose }: ListProps) {
  const t = useTranslations("messages");
  const meId = useMe().id;
  const people = usePeople(pinned.map(({ senderId }) => senderId));
  const nameIn = useDisplayNames();
  const nameOf = (id: string) => (id === meId ? t("you") : nameIn(people, id, t("someone")));
  return (
    <Dialog open onOpenChange={onClose} title={t("pins.region")}>
      <ul className="flex flex-col gap-2">
        {pinned.map((message) => (
          <KeptMessage
            key={message.seq}
            message={message}
            sender={nameOf(message.senderId)}
            onGo={onClose}
            action={mayPin(conversation) ? <Unpin message={message} /> : null}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function Unpin({ message }: { message: Message }) {
  const t = useTranslations("messages.keep");
  const showError = useShowError();
  const { pin } = useMessageChanges(message);
  return (
    <IconButton label={t("unpin")} onClick={() => void pin.mutateAsync({ pinned: false }).catch(showError)}>
      <PinOff aria-hidden />
    </IconButton>
  );
}
