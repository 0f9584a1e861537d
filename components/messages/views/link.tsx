import { LinkCard } from "#components/links/link-card.tsx";
import type { FaceProps } from "#components/messages/message-body.tsx";
import { SetText } from "#components/messages/set-text.tsx";

export function LinkView({ content: { text, mentions, url, title, description, site, picture } }: FaceProps<"link">) {
  return (
    <div className="w-76 max-w-full">
      <p dir="auto" className="whitespace-pre-wrap px-3 pt-1.5 pb-2">
        <SetText text={text} mentions={mentions} />
      </p>
      <LinkCard url={url} card={{ title, description, site, picture }} />
    </div>
  );
}
