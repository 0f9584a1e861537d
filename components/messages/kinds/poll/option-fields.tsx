"use client";

import { useTranslations } from "next-intl";
import { TextField } from "#components/ui/field.tsx";
import { limits } from "#contracts/limits.ts";

type OptionsProps = { options: readonly string[]; twice: boolean; onChange: (options: string[]) => void };

/** The options of a poll; writing in the last field adds another, up to the most there may be. */
export function OptionFields({ options, twice, onChange }: OptionsProps) {
  const t = useTranslations("messages.poll");
  const write = (at: number, text: string) => {
    const written = options.map((option, other) => (other === at ? text : option));
    const isFull = written.length >= limits.poll.options.max;
    onChange(written.at(-1) === "" || isFull ? written : [...written, ""]);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-sm">{t("options")}</legend>
      {options.map((option, at) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: fields are only ever added at the end.
          key={at}
          label={t("option", { number: at + 1 })}
          value={option}
          maxLength={limits.poll.option.max}
          autoComplete="off"
          onChange={(event) => write(at, event.target.value)}
        />
      ))}
      {twice ? (
        <p role="alert" className="font-medium text-danger text-sm">
          {t("twice")}
        </p>
      ) : null}
    </fieldset>
  );
}
