"use client";

import { useTranslations } from "next-intl";
import { rightsOf } from "#client/communities/rights.ts";
import { useGiveRoles } from "#client/communities/use-moderation.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail, Member } from "#contracts/communities.ts";
import { rankOf } from "#contracts/permissions.ts";

type RolesProps = { detail: CommunityDetail; member: Member; name: string; onClose: () => void };

/** Which roles a member has. Those that I may not give are shown, and stay as they are. */
export function MemberRolesDialog({ detail, member, name, onClose }: RolesProps) {
  const t = useTranslations("communities.roles");
  const give = useGiveRoles();
  const showError = useShowError();
  const { roles } = detail.rules;
  const mine = rightsOf(detail);
  const held = roles.map(({ id }) => id).filter((id) => member.roleIds.includes(id));
  const put = (roleId: string, has: boolean) => {
    const roleIds = has ? [...held, roleId] : held.filter((id) => id !== roleId);
    give.mutate({ communityId: detail.community.id, personId: member.personId, roleIds }, { onError: showError });
  };
  const mayGive = (id: string) => {
    const role = roles.find((one) => one.id === id);
    return (
      role !== undefined &&
      rankOf({ role: "member", roleIds: [id] }, detail.rules) > mine.rank &&
      role.permissions.every(mine.may)
    );
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("of", { name })}>
      <ul className="flex flex-col gap-1">
        {roles.map(({ id, name: label }) => (
          <li key={id}>
            <Toggle
              label={label}
              checked={held.includes(id)}
              disabled={!mayGive(id) || give.isPending}
              onChange={(has) => put(id, has)}
            />
          </li>
        ))}
      </ul>
      {roles.length === 0 ? <p className="text-ink-soft">{t("none")}</p> : null}
    </Dialog>
  );
}
