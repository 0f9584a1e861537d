"use client";

import { useTranslations } from "next-intl";
import { useBalance } from "#client/wallet/use-wallet.ts";
import { SectionPage } from "#components/settings/section-page.tsx";
import { Card } from "#components/ui/card.tsx";
import { ErrorState } from "#components/ui/states.tsx";
import { useCoins } from "#components/wallet/use-coins.ts";
import { WalletHistory } from "#components/wallet/wallet-history.tsx";

/** 我的钱包: how much there is, and how it came to be. */
export function WalletSection() {
  const t = useTranslations("wallet");
  const { balance, status, retry } = useBalance();
  const { coins } = useCoins();
  return (
    <SectionPage title={t("title")}>
      <section aria-label={t("balance")} className="rounded-2xl bg-packet p-5 text-on-packet shadow-card">
        {status === "error" ? (
          <div className="rounded-xl bg-surface text-ink">
            <ErrorState onRetry={retry} />
          </div>
        ) : (
          <>
            <p className="text-sm">{t("balance")}</p>
            <p role="status" className="min-h-12 font-bold text-4xl tabular-nums tracking-tight">
              {balance === null ? <span className="sr-only">…</span> : t("coins", { amount: coins(balance) })}
            </p>
            <p className="mt-1 text-sm">{t("playCredits")}</p>
          </>
        )}
      </section>
      <Card title={t("history")}>
        <WalletHistory />
      </Card>
    </SectionPage>
  );
}
