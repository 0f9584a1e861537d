"use client";

import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { type ProfileOf, useFound, useProfile } from "#client/people/use-profile.ts";
import { ProfileView } from "#components/profiles/profile-view.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";

/** A person's card: a sheet on a phone, in the middle elsewhere. */
export function ProfileDialog({ who, onClose }: { who: ProfileOf; onClose: () => void }) {
  const t = useTranslations("profiles");
  const own = useMe().id === who.personId;
  return (
    <Dialog open onOpenChange={onClose} title={t(own ? "mine" : "title")}>
      <Profile who={who} onLeave={onClose} />
    </Dialog>
  );
}

/** `onLeave`: a link to another page was followed. */
type ProfileProps = { who: ProfileOf; onLeave?: () => void };

export function Profile({ who, onLeave }: ProfileProps) {
  const { person, status, retry } = useFound(who.query, who.personId === null);
  if (who.personId !== null) return <ProfileById who={who} onLeave={onLeave} />;
  return (
    <QueryView status={status} retry={retry}>
      {person ? <ProfileById who={{ personId: person.id, query: who.query }} onLeave={onLeave} /> : <Gone />}
    </QueryView>
  );
}

function Gone() {
  const t = useTranslations("profiles");
  return <p className="py-6 text-center text-ink-soft">{t("gone")}</p>;
}

type ByIdProps = { who: { personId: string; query?: string }; onLeave: (() => void) | undefined };

function ProfileById({ who, onLeave }: ByIdProps) {
  const { person, communities, communityCount, status, retry } = useProfile(who);
  return (
    <QueryView status={status} retry={retry}>
      {person ? <ProfileView {...{ person, communities, communityCount, onLeave }} /> : <Gone />}
    </QueryView>
  );
}
