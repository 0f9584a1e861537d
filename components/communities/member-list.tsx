"use client";

import { Crown, UserRoundMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useHandOver, useRemoveMember } from "#client/communities/use-community-mutations.ts";
import { useMembers } from "#client/communities/use-members.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Confirm } from "#components/ui/dialog.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail, Member } from "#contracts/communities.ts";
import type { Person } from "#contracts/people.ts";

export function MemberList({ detail }: { detail: CommunityDetail }) {
  const t = useTranslations("communities");
  const { members, people, status, retry } = useMembers(detail.community.id);
  // The owner first, then in order of arrival; who left stays in the data for the old messages only.
  const present = useMemo(() => {
    const rank = ({ role, joinedAt }: Member) => `${role === "owner" ? 0 : 1} ${joinedAt}`;
    return members.filter(({ leftAt }) => leftAt === null).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  }, [members]);
  return (
    <div>
      <h3 className="font-medium text-sm">{t("members", { count: detail.memberCount })}</h3>
      <QueryView status={status} retry={retry}>
        <ul className="divide-y">
          {present.map((member) => {
            const person = people.get(member.personId);
            return person ? (
              <li key={member.personId}>
                <MemberLine detail={detail} member={member} person={person} />
              </li>
            ) : null;
          })}
        </ul>
      </QueryView>
    </div>
  );
}

type LineProps = { detail: CommunityDetail; member: Member; person: Person };

function MemberLine({ detail, member, person }: LineProps) {
  const t = useTranslations("communities");
  const me = useMe();
  const name = useDisplayName()(person);
  const [dialog, setDialog] = useState<"handOver" | "remove" | null>(null);
  const handOver = useHandOver();
  const remove = useRemoveMember();
  const showError = useShowError();
  const who = { communityId: detail.community.id, personId: person.id };
  const canManage = detail.role === "owner" && detail.closedAt === null && person.id !== me.id;
  return (
    <PersonRow person={person} note={member.role === "owner" ? t("owner") : undefined}>
      {canManage ? (
        <Menu label={t("moreOn", { name })}>
          <MenuItem icon={<Crown aria-hidden />} onSelect={() => setDialog("handOver")}>
            {t("handOver")}
          </MenuItem>
          <MenuItem icon={<UserRoundMinus aria-hidden />} danger onSelect={() => setDialog("remove")}>
            {t("removeMember")}
          </MenuItem>
        </Menu>
      ) : null}
      <Confirm
        open={dialog === "handOver"}
        onOpenChange={() => setDialog(null)}
        title={t("handOverTitle", { name })}
        description={t("handOverHint")}
        action={t("handOver")}
        onConfirm={() => handOver.mutate(who, { onError: showError })}
      />
      <Confirm
        open={dialog === "remove"}
        onOpenChange={() => setDialog(null)}
        title={t("removeMemberTitle", { name })}
        description={t("removeMemberHint")}
        action={t("removeMember")}
        onConfirm={() => remove.mutate(who, { onError: showError })}
      />
    </PersonRow>
  );
}
