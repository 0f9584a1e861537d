import { useTranslations } from "next-intl";
import { ChoiceMark } from "#components/ui/choice-mark.tsx";

/** At the beginning of a row that can be selected. A press on it is a press on the row, which takes the keys, too. */
export function SelectMark({ checked }: { checked: boolean }) {
  const t = useTranslations("messages.selection");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a field would be a stop of the Tab key in each row.
    <span
      role="checkbox"
      aria-checked={checked}
      aria-label={t("one")}
      tabIndex={-1}
      className="group absolute inset-y-0 start-3 flex items-center"
    >
      <ChoiceMark />
    </span>
  );
}
