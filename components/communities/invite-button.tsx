"use client";

import { UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { InviteFriends } from "#components/communities/invite-friends.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Community } from "#contracts/communities.ts";

/** Opens the step that follows the founding of a community, at any time. */
export function InviteButton({ community }: { community: Community }) {
  const t = useTranslations("communities.invite");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        <UserRoundPlus aria-hidden className="size-4" />
        {t("friends")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("friends")}
        description={t("friendsHint", { name: community.name })}
      >
        <InviteFriends community={community} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
