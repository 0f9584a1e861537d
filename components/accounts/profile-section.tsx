"use client";

import { Shuffle } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useUpdateProfile } from "#client/accounts/use-account-mutations.ts";
import { useMe } from "#client/accounts/use-me.ts";
import { reasonOf } from "#client/refusal.ts";
import { fieldOf, type SignUpField } from "#components/accounts/refused-fields.ts";
import { AvatarPicker } from "#components/media/avatar-picker.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { DescriptionItem, DescriptionList } from "#components/people/description-list.tsx";
import { SectionPage } from "#components/settings/section-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { useRefusalText, useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";
import { genders } from "#contracts/people.ts";

const seeds = 1_000_000;

function useProfileDraft() {
  const me = useMe();
  const [draft, setDraft] = useState({
    displayName: me.displayName,
    gender: me.gender,
    bio: me.bio,
    avatarSeed: me.avatarSeed,
    avatarId: me.avatarId,
    mobile: me.mobile ?? "",
    email: me.email ?? "",
  });
  return { me, draft, change: (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part })) };
}
type Drafting = ReturnType<typeof useProfileDraft>;

export function ProfileSection() {
  const t = useTranslations("accounts");
  const app = useTranslations("app");
  const drafting = useProfileDraft();
  const { draft } = drafting;
  const [trouble, setTrouble] = useState<{ field: SignUpField; text: string } | null>(null);
  const { mutate, isPending } = useUpdateProfile();
  const sentence = useRefusalText();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTrouble(null);
    mutate(draft, {
      onSuccess: () => toast.success(app("saved")),
      onError: (error) => {
        const { reason, params } = reasonOf(error);
        const field = fieldOf(reason, params.field);
        if (field) setTrouble({ field, text: sentence(reason, params) });
        else showError(error);
      },
    });
  };
  return (
    <SectionPage title={t("profile.title")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Face {...drafting} />
        <ProfileFields {...drafting} errorOf={(field) => (trouble?.field === field ? trouble.text : null)} />
        <div className="flex justify-end">
          <Button type="submit" busy={isPending}>
            {app("save")}
          </Button>
        </div>
      </form>
    </SectionPage>
  );
}

function Face({ me, draft, change }: Drafting) {
  const t = useTranslations("accounts");
  const people = useTranslations("people");
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Avatar person={{ ...me, ...draft }} size={80} />
      <div className="min-w-48 flex-1">
        <Button variant="secondary" onClick={() => change({ avatarSeed: Math.floor(Math.random() * seeds) })}>
          <Shuffle aria-hidden className="size-4" />
          {t("profile.shuffle")}
        </Button>
        <p className="my-1.5 text-ink-soft text-sm">{t("profile.shuffleHint")}</p>
        <AvatarPicker purpose="avatar" chosen={draft.avatarId} onChoose={(avatarId) => change({ avatarId })} />
      </div>
      <div className="w-full">
        <DescriptionList>
          <DescriptionItem label={people("number")} value={String(me.number)} copy />
          <DescriptionItem label={people("handleLabel")} value={people("handle", { handle: me.handle })} copy />
        </DescriptionList>
      </div>
    </div>
  );
}

function ProfileFields({ draft, change, errorOf }: Drafting & { errorOf: (field: SignUpField) => string | null }) {
  const t = useTranslations("accounts");
  const people = useTranslations("people");
  return (
    <>
      <TextField
        label={t("displayName.label")}
        autoComplete="name"
        value={draft.displayName}
        maxLength={limits.displayName.max}
        error={errorOf("displayName")}
        onChange={(event) => change({ displayName: event.target.value })}
      />
      <SelectField
        label={people("gender")}
        value={draft.gender}
        onChange={(event) => change({ gender: genders.find((one) => one === event.target.value) })}
      >
        {genders.map((gender) => (
          <option key={gender} value={gender}>
            {people(`genders.${gender}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("profile.bio")}
        hint={t("profile.bioHint")}
        value={draft.bio}
        maxLength={limits.bio.max}
        onChange={(event) => change({ bio: event.target.value })}
      />
      <TextField
        label={t("mobile.label")}
        hint={t("mobile.hint")}
        type="tel"
        autoComplete="tel"
        value={draft.mobile}
        error={errorOf("mobile")}
        onChange={(event) => change({ mobile: event.target.value })}
      />
      <TextField
        label={t("email.label")}
        hint={t("email.hint")}
        type="email"
        autoComplete="email"
        value={draft.email}
        error={errorOf("email")}
        onChange={(event) => change({ email: event.target.value })}
      />
    </>
  );
}
