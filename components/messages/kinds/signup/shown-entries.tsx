"use client";

import { useTranslations } from "next-intl";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { usePeople } from "#client/people/use-people.ts";
import type { SignupEntry } from "#contracts/messages/kinds/signup.ts";

/** The last entries; those before them are in the list of all. */
export function ShownEntries({ entries }: { entries: readonly SignupEntry[] }) {
  const t = useTranslations("messages.signup");
  const nameIn = useDisplayNames();
  const people = usePeople(entries.map(({ personId }) => personId));
  const [first] = entries;
  if (!first) return null;
  return (
    <>
      {first.position > 1 ? <p className="px-3 pt-1 text-ink-soft text-sm">…</p> : null}
      <ol aria-label={t("last")} className="px-3 pt-1">
        {entries.map(({ id, position, personId, text }) => (
          <li key={id} value={position} className="break-words">
            <span className="text-ink-soft tabular-nums">{t("position", { position })}</span>{" "}
            <bdi className="font-medium">{nameIn(people, personId, t("someone"))}</bdi>
            {text === "" ? null : (
              <>
                {" – "}
                <bdi>{text}</bdi>
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
