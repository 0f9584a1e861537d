"use client";

import { BrokenPage } from "#components/shell/broken-page.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** Inside the shell, so that the rest of the app stays within reach. */
export default function SignedInErrorPage({ error, reset }: ErrorPageProps) {
  return <BrokenPage code={error.digest} onRetry={reset} />;
}
