"use client";

import "#app/globals.css";

/** The root layout itself failed, and with it the translations: the few words stand here in both languages. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <title>IMChat</title>
        <main className="flex h-dvh flex-col items-center justify-center gap-4 p-6 text-center">
          <h1 className="font-semibold text-xl">Something broke on our side</h1>
          <p lang="zh-CN">我们这边出了问题</p>
          {error.digest ? <p className="text-ink-soft text-sm">{error.digest}</p> : null}
          <button
            type="button"
            className="tap rounded-xl bg-accent px-4 text-on-accent"
            onClick={() => location.reload()}
          >
            Try again · <span lang="zh-CN">重试</span>
          </button>
        </main>
      </body>
    </html>
  );
}
