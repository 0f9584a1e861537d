"use client";

import { useTranslations } from "next-intl";
import { useUpdateProfile } from "#client/accounts/use-account-mutations.ts";
import { useMe } from "#client/accounts/use-me.ts";
import { SectionPage } from "#components/settings/section-page.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { additions, audiences, type Self, type UpdateProfileInput } from "#contracts/accounts.ts";

function mobileHint({ mobile, mobileVerified }: Self) {
  if (mobile === null) return "findableNeedsMobile";
  return mobileVerified ? "findableByMobileHint" : "findableNeedsProof";
}

type Switches = Pick<
  UpdateProfileInput,
  "acceptAutomatically" | "findableByMobile" | "sharesReceipts" | "presenceFor" | "addedBy"
>;

/** A switch acts at once; until the answer is there it shows what was asked for. */
export function PrivacySection() {
  const t = useTranslations("accounts.privacy");
  const me = useMe();
  const { mutate, isPending, variables } = useUpdateProfile();
  const showError = useShowError();
  const asked: Switches = (isPending ? variables : undefined) ?? {};
  const change = (part: Switches) => mutate(part, { onError: showError });
  return (
    <SectionPage title={t("title")}>
      <div className="flex flex-col gap-3">
        <Toggle
          label={t("acceptAutomatically")}
          hint={t("acceptAutomaticallyHint")}
          checked={asked.acceptAutomatically ?? me.acceptAutomatically}
          onChange={(acceptAutomatically) => change({ acceptAutomatically })}
        />
        <Toggle
          label={t("findableByMobile")}
          hint={t(mobileHint(me))}
          checked={asked.findableByMobile ?? me.findableByMobile}
          disabled={me.mobile === null && !me.findableByMobile}
          onChange={(findableByMobile) => change({ findableByMobile })}
        />
        <Toggle
          label={t("sharesReceipts")}
          hint={t("sharesReceiptsHint")}
          checked={asked.sharesReceipts ?? me.sharesReceipts}
          onChange={(sharesReceipts) => change({ sharesReceipts })}
        />
        <RadioGroup
          label={t("presenceFor")}
          hint={t("presenceForHint")}
          value={asked.presenceFor ?? me.presenceFor}
          options={audiences.map((value) => ({ value, label: t(`audiences.${value}`) }))}
          onChange={(presenceFor) => change({ presenceFor })}
        />
        <RadioGroup
          label={t("addedBy")}
          hint={t("addedByHint")}
          value={asked.addedBy ?? me.addedBy}
          options={additions.map((value) => ({ value, label: t(`additions.${value}`) }))}
          onChange={(addedBy) => change({ addedBy })}
        />
      </div>
    </SectionPage>
  );
}
