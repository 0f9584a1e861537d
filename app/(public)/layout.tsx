import type { ReactNode } from "react";
import { PublicProviders } from "#client/app-providers.tsx";
import { PublicFrame } from "#components/shell/public-frame.tsx";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <PublicProviders>
      <PublicFrame>{children}</PublicFrame>
    </PublicProviders>
  );
}
