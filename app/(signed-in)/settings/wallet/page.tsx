import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WalletScreen } from "#components/wallet/wallet-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("wallet"))("title") };
}

export default function WalletPage() {
  return <WalletScreen />;
}
