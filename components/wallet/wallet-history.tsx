"use client";

import { ArrowDownLeft, ArrowUpRight, Gift, Undo2, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useWalletHistory } from "#client/wallet/use-wallet.ts";
import { isolate } from "#components/people/isolate.ts";
import { LoadMore } from "#components/ui/load-more.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import { useCoins } from "#components/wallet/use-coins.ts";
import { usePacketPeople } from "#components/wallet/use-packet-people.ts";
import type { WalletEntry } from "#contracts/wallet.ts";

const icons = {
  grant: Gift,
  packet_sent: ArrowUpRight,
  packet_claimed: ArrowDownLeft,
  packet_refunded: Undo2,
} as const;

export function WalletHistory() {
  const t = useTranslations("wallet");
  const { entries, status, retry, hasMore, loadingMore, loadMore } = useWalletHistory();
  const { named } = usePacketPeople(entries.map((entry) => entry.personId));

  if (status !== "ready") return <QueryView status={status} retry={retry} />;
  if (entries.length === 0) {
    return (
      <EmptyState picture={<Wallet aria-hidden />} title={t("emptyTitle")}>
        {t("empty")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label={t("history")} className="divide-y">
        {entries.map((entry) => (
          <EntryLine key={entry.id} entry={entry} name={isolate(named(entry.personId))} />
        ))}
      </ul>
      <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
    </>
  );
}

function EntryLine({ entry, name }: { entry: WalletEntry; name: string }) {
  const t = useTranslations("wallet.kinds");
  const { whole } = useTimes();
  const { signed } = useCoins();
  const Icon = icons[entry.kind];
  return (
    <li className="flex items-center gap-3 py-2.5">
      <Icon aria-hidden className="size-5 shrink-0 text-ink-soft rtl:-scale-x-100" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{t(entry.kind, { name })}</p>
        <time dateTime={entry.createdAt} className="block text-ink-soft text-sm">
          {whole(entry.createdAt)}
        </time>
      </div>
      <span className={`shrink-0 tabular-nums ${entry.amount > 0 ? "font-medium text-gold-ink" : ""}`}>
        {signed(entry.amount)}
      </span>
    </li>
  );
}
