"use client";

import { useTranslations } from "next-intl";
import { useBanned } from "#client/communities/use-banned.ts";
import { useLiftBan } from "#client/communities/use-community-mutations.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

/** For the owner: whom they removed, and the way back for them. Nothing while there is none. */
export function BannedList({ communityId }: { communityId: string }) {
  const t = useTranslations("communities");
  const banned = useBanned(communityId);
  if (banned.length === 0) return null;
  return (
    <div>
      <h3 className="font-medium text-sm">{t("banned")}</h3>
      <ul className="divide-y">
        {banned.map((person) => (
          <li key={person.id}>
            <BannedRow communityId={communityId} person={person} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function BannedRow({ communityId, person }: { communityId: string; person: Person }) {
  const t = useTranslations("communities");
  const { mutate, isPending } = useLiftBan();
  const showError = useShowError();
  const lift = () => mutate({ communityId, personId: person.id }, { onError: showError });
  return (
    <PersonRow person={person}>
      <Button variant="secondary" busy={isPending} onClick={lift}>
        {t("liftBan")}
      </Button>
    </PersonRow>
  );
}
