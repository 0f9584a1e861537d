"use client";

import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";

type LoadMoreProps = { label: string; hasMore: boolean; loading: boolean; onMore: () => void };

/** The end of a list in pages: loads more when it scrolls into view; the button serves the keyboard and screen readers. */
export function LoadMore({ label, hasMore, loading, onMore }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  useEffect(() => {
    if (!end.current || !hasMore || loading) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current());
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [hasMore, loading]);
  return (
    <div ref={end} className="mt-3 flex justify-center empty:hidden">
      {hasMore ? (
        <Button variant="secondary" busy={loading} onClick={onMore}>
          {label}
        </Button>
      ) : null}
    </div>
  );
}
