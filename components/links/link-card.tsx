import { SiteRow } from "#components/links/site-row.tsx";
import { PictureView } from "#components/media/picture-view.tsx";
import type { LinkCard as Card } from "#contracts/links.ts";

/** What a page says of itself: a stripe with its name, a headline, a few words and a small picture. */
export function LinkCard({ url, card: { title, description, site, picture } }: { url: string; card: Card }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      className="mx-3 mb-1 flex gap-3 rounded-xl border-accent border-s-3 bg-hover p-2.5 hover:bg-sunken"
    >
      <span className="min-w-0 flex-1">
        <SiteRow url={url} site={site} />
        <bdi className="line-clamp-2 font-medium leading-snug">{title}</bdi>
        {description ? (
          <span dir="auto" className="line-clamp-2 text-ink-soft text-sm">
            {description}
          </span>
        ) : null}
      </span>
      {picture ? (
        <span className="size-16 shrink-0 overflow-hidden rounded-md">
          <PictureView picture={picture} alt="" />
        </span>
      ) : null}
    </a>
  );
}
