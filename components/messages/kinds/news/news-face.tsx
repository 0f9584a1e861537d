import { PictureView } from "#components/media/picture-view.tsx";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";
import { hostOf } from "#contracts/web-address.ts";

type NewsFaceProps = Omit<ContentOf<"news">, "kind" | "picture"> & {
  /** One that is stored, or the address of one that is yet to be sent. */
  picture: ContentOf<"news">["picture"] | string;
};

/** 图文 as its message shows it: a picture across, a headline, a few words, and the site. */
export function NewsFace({ title, description, url, picture }: NewsFaceProps) {
  return (
    <>
      {picture ? (
        <span className="block aspect-video w-full">
          {typeof picture === "string" ? (
            // biome-ignore lint/performance/noImgElement: the file is on this device.
            <img src={picture} alt="" className="size-full object-cover" />
          ) : (
            <PictureView picture={picture} variant="display" alt="" />
          )}
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
    </>
  );
}
