"use client";

import { Ban, Crown, Mic, MicOff, Shield, ShieldOff, Tags, UserRoundMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { rightsOf } from "#client/communities/rights.ts";
import { useHandOver, useRemoveMember } from "#client/communities/use-community-mutations.ts";
import { useMuteMember, useNameAdmin } from "#client/communities/use-moderation.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { BanDialog } from "#components/communities/ban-dialog.tsx";
import { MemberRolesDialog } from "#components/communities/member-roles-dialog.tsx";
import { spans, untilAfter } from "#components/communities/spans.ts";
import { Confirm } from "#components/ui/dialog.tsx";
import { Menu, MenuItem, SubMenu } from "#components/ui/menu.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail, Member } from "#contracts/communities.ts";
import type { Person } from "#contracts/people.ts";
import { rankOf } from "#contracts/permissions.ts";

type MenuProps = { detail: CommunityDetail; member: Member; person: Person };
type Sheet = "handOver" | "remove" | "ban" | "roles";

/** What I may do to a member whose rank is below mine; nothing, and no button, where that is nothing. */
export function MemberMenu({ detail, member, person }: MenuProps) {
  const t = useTranslations("communities");
  const me = useMe();
  const name = useDisplayName()(person);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const handOver = useHandOver();
  const remove = useRemoveMember();
  const showError = useShowError();
  const who = { communityId: detail.community.id, personId: person.id };
  const { may, rank } = rightsOf(detail);
  const owns = detail.role === "owner";
  const acts = owns || (["remove", "ban", "mute", "manage_roles"] as const).some(may);
  const close = () => setSheet(null);
  if (detail.closedAt !== null || person.id === me.id || !acts || rankOf(member, detail.rules) <= rank) return null;
  return (
    <>
      <Menu label={t("moreOn", { name })}>
        {owns ? <AdminItem member={member} communityId={who.communityId} /> : null}
        {may("manage_roles") ? (
          <MenuItem icon={<Tags aria-hidden />} onSelect={() => setSheet("roles")}>
            {t("roles.give")}
          </MenuItem>
        ) : null}
        {may("mute") ? <MuteItems member={member} communityId={who.communityId} /> : null}
        {owns ? (
          <MenuItem icon={<Crown aria-hidden />} onSelect={() => setSheet("handOver")}>
            {t("handOver")}
          </MenuItem>
        ) : null}
        {may("remove") ? (
          <MenuItem icon={<UserRoundMinus aria-hidden />} danger onSelect={() => setSheet("remove")}>
            {t("removeMember")}
          </MenuItem>
        ) : null}
        {may("ban") ? (
          <MenuItem icon={<Ban aria-hidden />} danger onSelect={() => setSheet("ban")}>
            {t("moderation.banOpen")}
          </MenuItem>
        ) : null}
      </Menu>
      {sheet === "roles" ? <MemberRolesDialog {...{ detail, member, name }} onClose={close} /> : null}
      {sheet === "ban" ? <BanDialog {...who} name={name} onClose={close} /> : null}
      <Confirm
        open={sheet === "handOver"}
        onOpenChange={close}
        title={t("handOverTitle", { name })}
        description={t("handOverHint")}
        action={t("handOver")}
        onConfirm={() => handOver.mutate(who, { onError: showError })}
      />
      <Confirm
        open={sheet === "remove"}
        onOpenChange={close}
        title={t("removeMemberTitle", { name })}
        description={t("removeMemberHint")}
        action={t("removeMember")}
        onConfirm={() => void remove.mutateAsync(who).catch(showError)}
      />
    </>
  );
}

type ItemProps = { communityId: string; member: Member };

function AdminItem({ communityId, member: { personId, role } }: ItemProps) {
  const t = useTranslations("communities.roles");
  const nameAdmin = useNameAdmin();
  const showError = useShowError();
  const isAdmin = role === "admin";
  return (
    <MenuItem
      icon={isAdmin ? <ShieldOff aria-hidden /> : <Shield aria-hidden />}
      onSelect={() => void nameAdmin.mutateAsync({ communityId, personId, admin: !isAdmin }).catch(showError)}
    >
      {t(isAdmin ? "endAdmin" : "makeAdmin")}
    </MenuItem>
  );
}

function MuteItems({ communityId, member: { personId, muted } }: ItemProps) {
  const t = useTranslations("communities.moderation");
  const mute = useMuteMember();
  const showError = useShowError();
  const put = (to: Member["muted"]) => void mute.mutateAsync({ communityId, personId, muted: to }).catch(showError);
  if (muted && (muted.until === null || Date.parse(muted.until) > Date.now())) {
    return (
      <MenuItem icon={<Mic aria-hidden />} onSelect={() => put(null)}>
        {t("unmute")}
      </MenuItem>
    );
  }
  return (
    <SubMenu icon={<MicOff aria-hidden />} label={t("mute")}>
      {spans.map((span) => (
        <MenuItem key={span} onSelect={() => put({ until: untilAfter(span) })}>
          {t(`spans.${span}`)}
        </MenuItem>
      ))}
    </SubMenu>
  );
}
