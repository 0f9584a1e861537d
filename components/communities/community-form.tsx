"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { IconChoice } from "#components/communities/icon-choice.tsx";
import { AvatarPicker } from "#components/media/avatar-picker.tsx";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextArea, TextField } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { type Community, categories, joinPolicies } from "#contracts/communities.ts";
import { limits } from "#contracts/limits.ts";

export type CommunityFields = Pick<
  Community,
  "name" | "icon" | "iconId" | "category" | "description" | "joinPolicy" | "joinQuestion" | "historyVisibleToNewMembers"
>;

const fresh: CommunityFields = {
  name: "",
  icon: "",
  iconId: null,
  category: "default",
  description: "",
  joinPolicy: "open",
  joinQuestion: "",
  historyVisibleToNewMembers: true,
};

type FormProps = {
  start?: CommunityFields;
  action: string;
  busy: boolean;
  onSubmit: (fields: CommunityFields) => void;
};

/** What a community is, to create one and to change one. */
export function CommunityForm({ start = fresh, action, busy, onSubmit }: FormProps) {
  const t = useTranslations("communities");
  const [fields, setFields] = useState(start);
  const change = (part: Partial<CommunityFields>) => setFields((old) => ({ ...old, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(fields);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 pt-1">
      <TextField
        label={t("name")}
        value={fields.name}
        maxLength={limits.communityName.max}
        required
        onChange={(event) => change({ name: event.target.value })}
      />
      <IconChoice value={fields.icon} onChange={(icon) => change({ icon, iconId: null })} />
      <AvatarPicker purpose="icon" chosen={fields.iconId} onChoose={(iconId) => change({ iconId })} />
      <SelectField
        label={t("category")}
        value={fields.category}
        onChange={(event) => change({ category: categories.find((one) => one === event.target.value) })}
      >
        {categories.map((category) => (
          <option key={category} value={category}>
            {t(`categories.${category}`)}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t("description")}
        value={fields.description}
        maxLength={limits.communityDescription.max}
        onChange={(event) => change({ description: event.target.value })}
      />
      <RadioGroup
        label={t("joinPolicy")}
        direction="column"
        value={fields.joinPolicy}
        options={joinPolicies.map((value) => ({
          value,
          label: t(`policies.${value}`),
          hint: t(`policyHints.${value}`),
        }))}
        onChange={(joinPolicy) => change({ joinPolicy })}
      />
      {fields.joinPolicy === "approval" ? (
        <TextField
          label={t("question")}
          hint={t("questionHint")}
          value={fields.joinQuestion}
          maxLength={limits.joinQuestion.max}
          onChange={(event) => change({ joinQuestion: event.target.value })}
        />
      ) : null}
      <Toggle
        label={t("history")}
        hint={t("historyHint")}
        checked={fields.historyVisibleToNewMembers}
        onChange={(historyVisibleToNewMembers) => change({ historyVisibleToNewMembers })}
      />
      <Button type="submit" busy={busy}>
        {action}
      </Button>
    </form>
  );
}
