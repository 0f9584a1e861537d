import { NewsFace } from "#components/messages/kinds/news/news-face.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** 图文: all of it leads to the page. */
export function NewsView({ content }: MessageViewProps<"news">) {
  return (
    <a
      href={content.url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      className="block w-76 max-w-full hover:bg-hover"
    >
      <NewsFace {...content} />
    </a>
  );
}
