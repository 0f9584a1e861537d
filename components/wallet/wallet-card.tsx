"use client";

import { ChevronRight, Wallet } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useBalance } from "#client/wallet/use-wallet.ts";
import { Card } from "#components/ui/card.tsx";
import { useCoins } from "#components/wallet/use-coins.ts";

/** The way from the settings to my wallet. */
export function WalletCard() {
  const t = useTranslations("wallet");
  const { balance } = useBalance();
  const { coins } = useCoins();
  return (
    <Card title={t("title")}>
      <Link href="/settings/wallet" className="tap -mx-2 flex items-center gap-3 rounded-xl px-2 py-2 hover:bg-hover">
        <Wallet aria-hidden className="size-5 shrink-0 text-ink-soft" />
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{t("open")}</span>
          <span className="block text-ink-soft text-sm">
            {balance === null ? t("playCredits") : t("coins", { amount: coins(balance) })}
          </span>
        </span>
        <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft rtl:-scale-x-100" />
      </Link>
    </Card>
  );
}
