"use client";

import { BrokenPage } from "#components/shell/broken-page.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="h-dvh">
      <BrokenPage code={error.digest} onRetry={reset} />
    </main>
  );
}
