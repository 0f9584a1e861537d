import * as z from "zod/mini";
import { type FileRef, fileRef, picture } from "#contracts/media.ts";
import { cardText, cardTitle, webAddress } from "#contracts/messages/parts.ts";

const fields = { kind: z.literal("news"), title: cardTitle, description: cardText, url: webAddress };

/** 图文: a headline with a picture, composed by hand or made from a link. */
export const news = {
  draft: z.object({ ...fields, picture: z.nullable(fileRef) }),
  schema: z.object({ ...fields, picture: z.nullable(picture) }),
  label: "News",
  preview: (content: { title: string }) => content.title,
  searched: (content: { title: string; description: string }) => `${content.title}\n${content.description}`,
  files: ({ picture }: { picture: FileRef | null }) => (picture ? [picture.fileId] : []),
};
