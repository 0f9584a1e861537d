import { PictureView } from "#components/media/picture-view.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { hostOf } from "#contracts/web-address.ts";

/** 图文: a picture across, a headline, a few words; all of it leads to the page. */
export function NewsView({ content: { title, description, url, picture } }: MessageViewProps<"news">) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      className="block w-76 max-w-full hover:bg-hover"
    >
      {picture ? (
        <span className="block aspect-video w-full">
          <PictureView picture={picture} variant="display" alt="" />
        </span>
      ) : null}
      <span className="block px-3 pt-2">
        <bdi className="line-clamp-3 font-semibold leading-snug">{title}</bdi>
        {description ? (
          <span dir="auto" className="mt-1 line-clamp-3 text-ink-soft text-sm">
            {description}
          </span>
        ) : null}
        <span className="mt-1 block break-all text-ink-soft text-xs" dir="ltr">
          {hostOf(url)}
        </span>
      </span>
    </a>
  );
}
