import type { ReactNode } from "react";

type CardProps = { title: string; count?: number; action?: ReactNode; children: ReactNode };

/** A titled group on a page. */
export function Card({ title, count, action, children }: CardProps) {
  return (
    <section className="rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="mb-3 flex min-h-8 items-center justify-between gap-3">
        <h2 className="font-semibold">
          {title}
          {count === undefined ? null : <span className="ms-2 font-normal text-ink-soft">{count}</span>}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}

type PageProps = { title: string; action?: ReactNode; children: ReactNode };

/** A page that scrolls as one: everything except the conversations. */
export function Page({ title, action, children }: PageProps) {
  return (
    <div className="pane-scroll h-full">
      <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 pb-10 sm:p-6">
        <header className="flex min-h-11 items-center justify-between gap-3">
          <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
          {action}
        </header>
        {children}
      </div>
    </div>
  );
}
