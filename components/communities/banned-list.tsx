"use client";

import { useTranslations } from "next-intl";
import { useBanned } from "#client/communities/use-banned.ts";
import { useLiftBan } from "#client/communities/use-community-mutations.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Ban } from "#contracts/communities.ts";

/** For people who may ban: who is kept out, why, until when, and the way back for them. Nothing while there is none. */
export function BannedList({ communityId }: { communityId: string }) {
  const t = useTranslations("communities");
  const banned = useBanned(communityId);
  if (banned.length === 0) return null;
  return (
    <div>
      <h3 className="font-medium text-sm">{t("banned")}</h3>
      <ul className="divide-y">
        {banned.map((ban) => (
          <li key={ban.person.id}>
            <BannedRow communityId={communityId} ban={ban} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function BannedRow({ communityId, ban: { person, reason, until, by } }: { communityId: string; ban: Ban }) {
  const t = useTranslations("communities");
  const times = useTimes();
  const nameOf = useDisplayName();
  const { mutate, isPending } = useLiftBan();
  const showError = useShowError();
  const lift = () => mutate({ communityId, personId: person.id }, { onError: showError });
  const facts = [
    reason,
    until === null ? t("bannedForEver") : t("bannedUntil", { time: times.whole(until) }),
    by ? t("bannedBy", { name: nameOf(by) }) : "",
  ];
  return (
    <PersonRow person={person} note={facts.filter((fact) => fact !== "").join("\n")}>
      <Button variant="secondary" busy={isPending} onClick={lift}>
        {t("liftBan")}
      </Button>
    </PersonRow>
  );
}
