import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { CommunityIcon } from "#components/communities/community-icon.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import type { InvitePreview } from "#contracts/invites.ts";

type StrangerProps = {
  /** Null: the link leads nowhere, for whatever reason. */
  found: InvitePreview["found"];
  /** Where signing in leads. */
  next: string;
};

/** A community before one has signed in: name, picture and size. */
export async function StrangerInvite({ found, next }: StrangerProps) {
  const t = await getTranslations("communities");
  const accounts = await getTranslations("accounts");
  const query = `?next=${encodeURIComponent(next)}`;
  return (
    <div className="flex flex-col items-center gap-3 text-center">
      <p className="text-ink-soft">{t("invite.title")}</p>
      {found ? (
        <>
          {found.picture ? (
            // biome-ignore lint/performance/noImgElement: a signed address of the media server, of one size.
            <img src={found.picture} alt="" width={88} height={88} className="size-22 rounded-3xl object-cover" />
          ) : (
            <CommunityIcon community={{ ...found, iconId: null }} size={88} />
          )}
          <h1 className="max-w-full break-words font-semibold text-2xl tracking-tight">
            <bdi>{found.name}</bdi>
          </h1>
          <p className="text-ink-soft">{t("members", { count: found.memberCount })}</p>
        </>
      ) : (
        <>
          <h1 className="font-semibold text-2xl tracking-tight">{t("invite.invalid")}</h1>
          <p className="text-ink-soft">{t("invite.invalidHint")}</p>
        </>
      )}
      <div className="mt-3 flex w-full flex-col gap-2">
        <Link href={`/sign-in${found ? query : ""}`} className={buttonClass("primary")}>
          {accounts("signIn.action")}
        </Link>
        <Link href={`/sign-up${found ? query : ""}`} className={buttonClass("secondary")}>
          {accounts("signUp.action")}
        </Link>
      </div>
    </div>
  );
}
