"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMembers } from "#client/communities/use-members.ts";
import { useClockUntil } from "#client/conversations/use-clock-until.ts";
import { MemberMenu } from "#components/communities/member-menu.tsx";
import { PersonRow } from "#components/people/person-row.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import type { CommunityDetail, Member } from "#contracts/communities.ts";
import type { Person } from "#contracts/people.ts";

export function MemberList({ detail }: { detail: CommunityDetail }) {
  const t = useTranslations("communities");
  const { members, people, status, retry } = useMembers(detail.community.id);
  // The owner first, then admins, then in order of arrival; who left stays in the data for the old messages only.
  const present = useMemo(() => {
    const rank = ({ role, joinedAt }: Member) => `${role === "owner" ? 0 : role === "admin" ? 1 : 2} ${joinedAt}`;
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
  const labels = useLabels(detail, member);
  return (
    <PersonRow person={person} note={labels.length > 0 ? labels.join(" · ") : undefined}>
      <MemberMenu detail={detail} member={member} person={person} />
    </PersonRow>
  );
}

/** What a member is here: owner or admin, their roles, and that they are muted. */
function useLabels({ rules }: CommunityDetail, { role, roleIds, muted }: Member): string[] {
  const t = useTranslations("communities");
  const until = muted?.until;
  const now = useClockUntil(until ? Date.parse(until) : null);
  const isMuted = muted !== null && (!until || Date.parse(until) > now);
  return [
    ...(role === "member" ? [] : [t(role)]),
    ...rules.roles.filter(({ id }) => roleIds.includes(id)).map(({ name }) => name),
    ...(isMuted ? [t("moderation.isMuted")] : []),
  ];
}
