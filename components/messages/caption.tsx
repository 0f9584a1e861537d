import { RichText } from "#components/messages/rich-text.tsx";

/** Words under a picture, a film or a file. */
export function Caption({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <p dir="auto" className="whitespace-pre-wrap px-3 pt-1.5">
      <RichText text={text} />
    </p>
  );
}
