"use client";

import { KeyRound, LogOut, MonitorSmartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { signOutHere } from "#client/accounts/sign-in.ts";
import { useSessions } from "#client/accounts/use-sessions.ts";
import { clearLocalStores } from "#client/local-store.ts";
import { clearUploads } from "#client/media/upload-storage.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { SessionItem } from "#contracts/accounts.ts";

/** Where I am signed in, and how to end it: one, all others, this one, or every one. */
export function SessionsCard() {
  const t = useTranslations("accounts.sessions");
  const { sessions, status, retry, revoke, revokeOthers } = useSessions();
  const [leaving, setLeaving] = useState(false);
  const showError = useShowError();
  const others = sessions.filter(({ current }) => !current).length;

  const signOut = async (everywhere: boolean) => {
    setLeaving(true);
    try {
      if (everywhere) await revokeOthers.mutateAsync();
      clearLocalStores();
      await clearUploads();
      await signOutHere();
      location.assign("/sign-in");
    } catch (error) {
      setLeaving(false);
      showError(error);
    }
  };
  const endOthers = () =>
    revokeOthers.mutate(undefined, {
      onSuccess: ({ revoked }) => toast.success(t("ended", { count: revoked })),
      onError: showError,
    });

  return (
    <Card title={t("title")} count={sessions.length || undefined}>
      <QueryView status={status} retry={retry}>
        <ul className="divide-y">
          {sessions.map((session) => (
            <SessionLine
              key={session.id}
              session={session}
              busy={revoke.isPending && revoke.variables.sessionId === session.id}
              onRevoke={() => revoke.mutate({ sessionId: session.id }, { onError: showError })}
            />
          ))}
        </ul>
      </QueryView>
      <div className="mt-4 flex flex-wrap gap-2">
        {others > 0 ? (
          <Button variant="secondary" busy={revokeOthers.isPending} onClick={endOthers}>
            {t("endOthers")}
          </Button>
        ) : null}
        <Button variant="dangerSecondary" busy={leaving} onClick={() => signOut(false)}>
          <LogOut aria-hidden className="size-4 rtl:-scale-x-100" />
          {t("signOut")}
        </Button>
        {others > 0 ? (
          <Button variant="dangerSecondary" busy={leaving} onClick={() => signOut(true)}>
            {t("signOutEverywhere")}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}

type LineProps = { session: SessionItem; busy: boolean; onRevoke: () => void };

function SessionLine({ session, busy, onRevoke }: LineProps) {
  const t = useTranslations("accounts.sessions");
  const { whole } = useTimes();
  const Icon = session.kind === "bearer" ? KeyRound : MonitorSmartphone;
  const label = session.label === "" ? t(`kinds.${session.kind}`) : session.label;
  return (
    <li className="flex items-center gap-3 py-2.5">
      <Icon aria-hidden className="size-5 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{label}</p>
        <p className="text-ink-soft text-sm">
          {session.current ? t("thisOne") : t("lastUsed", { time: whole(session.lastUsedAt) })}
        </p>
      </div>
      {session.current ? null : (
        <Button variant="secondary" busy={busy} aria-label={t("endOne", { label })} onClick={onRevoke}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
