"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useInviteFriends } from "#client/communities/use-invite-friends.ts";
import { invitePath } from "#client/qr/own-address.ts";
import { useOrigin } from "#client/use-origin.ts";
import { NewInviteDialog } from "#components/communities/invites/new-invite-dialog.tsx";
import { RefusedTargets } from "#components/messages/forward/refused-targets.tsx";
import { TargetPicker } from "#components/messages/forward/target-picker.tsx";
import { Button } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Community } from "#contracts/communities.ts";
import type { Forwarded } from "#contracts/messages/forward.ts";

type InviteFriendsProps = { community: Community; onDone: () => void };

/** Adds friends who let friends do so, and sends a link to the others; or makes one to show. */
export function InviteFriends({ community, onDone }: InviteFriendsProps) {
  const t = useTranslations("communities.invite");
  const origin = useOrigin();
  const showError = useShowError();
  const [targets, setTargets] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<readonly Forwarded[]>([]);
  const [making, setMaking] = useState(false);
  const invites = useInviteFriends(community.id);
  const send = async () => {
    if (targets.length === 0) return;
    const textOf = (code: string) => t("message", { name: community.name, address: `${origin}${invitePath(code)}` });
    const left = await invites.mutateAsync({ targets, label: t("friendsLabel"), textOf });
    setRefused(left);
    setTargets(left.map(({ conversationId }) => conversationId));
    if (left.length > 0) return;
    toast.success(t("sent"));
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send().catch(showError);
  };
  return (
    <>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <div>
          <TargetPicker chosen={targets} onChange={setTargets} only="friends" />
        </div>
        <RefusedTargets results={refused} />
        <Button variant="ghost" onClick={() => setMaking(true)}>
          {t("new")}
        </Button>
        <div className="flex gap-2">
          <Button variant="secondary" className="flex-1" onClick={onDone}>
            {t("later")}
          </Button>
          <Button type="submit" className="flex-1" busy={invites.isPending} disabled={targets.length === 0}>
            {t("send", { count: targets.length })}
          </Button>
        </div>
      </form>
      {/* Beside the form: its own would submit this one, too. */}
      {making ? <NewInviteDialog community={community} onClose={() => setMaking(false)} /> : null}
    </>
  );
}
