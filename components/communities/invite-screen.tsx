"use client";

import { Ticket } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useInvite } from "#client/communities/use-invite.ts";
import { CommunityPreview } from "#components/communities/community-preview.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Page } from "#components/ui/card.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";

/** Where an invite link leads: what one is invited to, and the way in. */
export function InviteScreen({ code }: { code: string }) {
  const t = useTranslations("communities");
  const { card, status, retry } = useInvite(code);
  return (
    <Page title={t("invite.title")}>
      <QueryView status={status} retry={retry}>
        {card ? (
          <CommunityPreview card={card} inviteCode={code} />
        ) : (
          <EmptyState
            picture={<Ticket />}
            title={t("invite.invalid")}
            action={
              <Link href="/communities" className={buttonClass("primary")}>
                {t("title")}
              </Link>
            }
          >
            {t("invite.invalidHint")}
          </EmptyState>
        )}
      </QueryView>
    </Page>
  );
}
