import type { ReactNode } from "react";

type NoticeProps = { picture: ReactNode; title: string; hint: string; children: ReactNode };

/** A page that says one thing: nothing is here, something broke, there is no network. */
export function Alert({ picture, title, hint, children }: NoticeProps) {
  return (
    <div className="flex flex-col items-center gap-3 text-center">
      <div
        aria-hidden
        className="flex size-16 items-center justify-center rounded-3xl bg-accent-soft text-accent-ink [&>svg]:size-7"
      >
        {picture}
      </div>
      <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
      <p className="text-pretty text-ink-soft">{hint}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div>
    </div>
  );
}
