import { LinkCard } from "#components/links/link-card.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { RichText } from "#components/messages/rich-text.tsx";

export function LinkView({
  content: { text, mentions, url, title, description, site, picture },
}: MessageViewProps<"link">) {
  return (
    <div className="w-76 max-w-full">
      <p dir="auto" className="whitespace-pre-wrap px-3 pt-1.5 pb-2">
        <RichText text={text} mentions={mentions} />
      </p>
      <LinkCard url={url} card={{ title, description, site, picture }} />
    </div>
  );
}
