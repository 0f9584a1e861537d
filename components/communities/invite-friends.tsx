"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useSendInvites } from "#client/communities/use-send-invites.ts";
import { invitePath } from "#client/qr/own-address.ts";
import { useOrigin } from "#client/use-origin.ts";
import { InviteLink } from "#components/communities/invite-link.tsx";
import { RefusedTargets } from "#components/messages/forward/refused-targets.tsx";
import { TargetPicker } from "#components/messages/forward/target-picker.tsx";
import { Button } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Community } from "#contracts/communities.ts";
import type { Forwarded } from "#contracts/messages/forward.ts";

type InviteFriendsProps = { community: Community; code: string; onDone: () => void };

/** Sends the invite link to friends, as a message of mine to each; or shows it and its QR code. */
export function InviteFriends({ community, code, onDone }: InviteFriendsProps) {
  const t = useTranslations("communities.invite");
  const origin = useOrigin();
  const showError = useShowError();
  const [targets, setTargets] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<readonly Forwarded[]>([]);
  const invites = useSendInvites();
  const send = async () => {
    if (targets.length === 0) return;
    const text = t("message", { name: community.name, address: `${origin}${invitePath(code)}` });
    const left = await invites.mutateAsync({ targets, text });
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
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div>
        <TargetPicker chosen={targets} onChange={setTargets} only="friends" />
      </div>
      <RefusedTargets results={refused} />
      <InviteLink
        communityId={community.id}
        name={community.name}
        number={community.number}
        code={code}
        mayRenew={false}
      />
      <div className="flex gap-2">
        <Button variant="secondary" className="flex-1" onClick={onDone}>
          {t("later")}
        </Button>
        <Button type="submit" className="flex-1" busy={invites.isPending} disabled={targets.length === 0}>
          {t("send", { count: targets.length })}
        </Button>
      </div>
    </form>
  );
}
