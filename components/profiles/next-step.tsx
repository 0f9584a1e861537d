"use client";

import { MessageCircle, Settings, UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { useRefuseFriend, useUnblock, useWithdrawRequest } from "#client/friends/use-friend-mutations.ts";
import type { Relation } from "#client/people/use-profile.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { RequestForm } from "#components/friends/request-form.tsx";
import { useAccept } from "#components/friends/use-accept.ts";
import { MyCodeButton } from "#components/qr/my-code-button.tsx";
import { sectionPath } from "#components/settings/settings-route.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

type NextStepProps = {
  person: Person;
  relation: Relation;
  inConversation: boolean;
  onLeave?: (() => void) | undefined;
};

/** The one thing that makes sense next with a person. */
export function NextStep({ person, relation, inConversation, onLeave }: NextStepProps) {
  switch (relation) {
    case "self":
      return <Mine onLeave={onLeave} />;
    case "friend":
      return inConversation ? null : <Message personId={person.id} onLeave={onLeave} />;
    case "received":
      return <Answer person={person} onLeave={onLeave} />;
    case "sent":
      return <Pending personId={person.id} />;
    case "blocked":
      return <Unblock personId={person.id} />;
    case "none":
      return <Ask person={person} />;
  }
}

type Leaving = { onLeave?: (() => void) | undefined };

function Mine({ onLeave }: Leaving) {
  const t = useTranslations("profiles");
  return (
    <div className="flex flex-col gap-2">
      <MyCodeButton />
      <ChatLink
        href={sectionPath("profile")}
        {...(onLeave ? { onGo: onLeave } : {})}
        className={buttonClass("secondary")}
      >
        <Settings aria-hidden className="size-4.5" />
        {t("edit")}
      </ChatLink>
    </div>
  );
}

function Message({ personId, onLeave }: Leaving & { personId: string }) {
  const t = useTranslations("friends");
  const { friends } = useFriendList();
  const friend = friends.find(({ person }) => person.id === personId);
  if (!friend) return null;
  return (
    <ChatLink
      href={conversationPath(friend.conversationId)}
      {...(onLeave ? { onGo: onLeave } : {})}
      className={buttonClass("primary", "w-full")}
    >
      <MessageCircle aria-hidden className="size-4.5" />
      {t("message")}
    </ChatLink>
  );
}

function Answer({ person, onLeave }: Leaving & { person: Person }) {
  const t = useTranslations("friends");
  const { requests } = useFriendList();
  const accept = useAccept(onLeave);
  const refuse = useRefuseFriend();
  const showError = useShowError();
  const note = requests.find((one) => one.person.id === person.id)?.note ?? "";
  return (
    <div>
      <p className="mb-2 text-pretty text-center" dir="auto">
        {note === "" ? t("asksYou") : t("noteQuoted", { note })}
      </p>
      <div className="flex gap-2">
        <Button
          variant="secondary"
          className="flex-1"
          busy={refuse.isPending}
          onClick={() => refuse.mutate({ personId: person.id }, { onError: showError })}
        >
          {t("refuse")}
        </Button>
        <Button className="flex-1" busy={accept.isPending} onClick={() => accept.accept(person)}>
          {t("accept")}
        </Button>
      </div>
    </div>
  );
}

function Pending({ personId }: { personId: string }) {
  const t = useTranslations("friends");
  const withdraw = useWithdrawRequest();
  const showError = useShowError();
  return (
    <div className="flex flex-col gap-2">
      <p className="text-center text-ink-soft">{t("relation.sent")}</p>
      <Button
        variant="secondary"
        busy={withdraw.isPending}
        onClick={() => withdraw.mutate({ personId }, { onError: showError })}
      >
        {t("withdraw")}
      </Button>
    </div>
  );
}

function Unblock({ personId }: { personId: string }) {
  const t = useTranslations("friends");
  const unblock = useUnblock();
  const showError = useShowError();
  return (
    <Button
      variant="secondary"
      busy={unblock.isPending}
      onClick={() => unblock.mutate({ personId }, { onError: showError })}
    >
      {t("unblock")}
    </Button>
  );
}

function Ask({ person }: { person: Person }) {
  const t = useTranslations("friends");
  const [asking, setAsking] = useState(false);
  if (asking) return <RequestForm person={person} onDone={() => setAsking(false)} />;
  return (
    <Button onClick={() => setAsking(true)}>
      <UserRoundPlus aria-hidden className="size-4.5" />
      {t("add")}
    </Button>
  );
}
