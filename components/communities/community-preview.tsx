"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCommunityList } from "#client/communities/use-community-list.ts";
import { useJoinCommunity } from "#client/communities/use-community-mutations.ts";
import { CommunityRow } from "#components/communities/community-row.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityCard } from "#contracts/communities.ts";
import { limits } from "#contracts/limits.ts";

/** A community as a stranger sees it, with the way in. An invite opens what is otherwise for invited people only. */
export function CommunityPreview({ card, inviteCode }: { card: CommunityCard; inviteCode?: string }) {
  const t = useTranslations("communities");
  const { community, memberCount } = card;
  return (
    <div className="mt-4 flex flex-col gap-3 rounded-2xl border border-line p-4">
      <CommunityRow community={community} note={t("members", { count: memberCount })} />
      {community.description ? (
        <p className="whitespace-pre-wrap text-ink-soft" dir="auto">
          {community.description}
        </p>
      ) : null}
      <WayIn card={card} inviteCode={inviteCode} />
    </div>
  );
}

function WayIn({ card, inviteCode }: { card: CommunityCard; inviteCode?: string }) {
  const t = useTranslations("communities");
  const { communities, requests } = useCommunityList();
  const { community, relation } = card;
  // The list is live and the card is not: what happened after the search counts.
  const inside = relation === "member" || communities.some((one) => one.community.id === community.id);
  const waiting = requests.some((one) => one.direction === "sent" && one.community.id === community.id);
  if (inside) {
    return (
      <Link href={conversationPath(community.id)} className={buttonClass("primary")}>
        {t("open")}
      </Link>
    );
  }
  if (waiting) return <p className="text-ink-soft">{t("waiting")}</p>;
  if (community.joinPolicy === "invite" && inviteCode === undefined) {
    return <p className="text-ink-soft">{t("inviteOnly")}</p>;
  }
  return <JoinForm card={card} inviteCode={inviteCode} />;
}

function JoinForm({ card: { community }, inviteCode }: { card: CommunityCard; inviteCode?: string }) {
  const t = useTranslations("communities");
  const router = useRouter();
  const [note, setNote] = useState("");
  const { mutateAsync, isPending } = useJoinCommunity();
  const showError = useShowError();
  const asks = community.joinPolicy === "approval" && inviteCode === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The event of the join may come before its answer and take this form away; callbacks of `mutate` would end with
    // it.
    mutateAsync({ communityId: community.id, inviteCode, note: asks ? note : undefined }).then(
      ({ outcome, communityId }) => {
        if (outcome === "joined") router.push(conversationPath(communityId));
      },
      showError,
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {asks ? (
        <TextField
          label={community.joinQuestion || t("note")}
          hint={community.joinQuestion ? undefined : t("noteHint")}
          required={community.joinQuestion !== ""}
          value={note}
          maxLength={limits.requestNote.max}
          onChange={(event) => setNote(event.target.value)}
        />
      ) : null}
      <Button type="submit" busy={isPending}>
        {asks ? t("ask") : t("join")}
      </Button>
    </form>
  );
}
