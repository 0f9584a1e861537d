import type { Content, ContentOf, Sendable } from "#contracts/messages/kinds/index.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { resolveCard } from "#server/messages/kinds/card.ts";
import { resolveFile } from "#server/messages/kinds/file.ts";
import { resolveImage } from "#server/messages/kinds/image.ts";
import { resolveLink } from "#server/messages/kinds/link.ts";
import { resolveNews } from "#server/messages/kinds/news.ts";
import { resolvePoll } from "#server/messages/kinds/poll.ts";
import { resolveReminder } from "#server/messages/kinds/reminder.ts";
import { resolveSignup } from "#server/messages/kinds/signup.ts";
import { resolveSticker } from "#server/messages/kinds/sticker.ts";
import { resolveText } from "#server/messages/kinds/text.ts";
import { resolveVideo } from "#server/messages/kinds/video.ts";
import { resolveVoice } from "#server/messages/kinds/voice.ts";
import { mayRead } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

type DraftOf<K extends Sendable["kind"]> = Extract<Sendable, { kind: K }>;

/** Turns the draft of one kind into the content to store. The same draft must give the same content: a retry sends it. */
export type ResolveDraft<K extends Sendable["kind"]> = (sent: {
  me: Me;
  conversationId: string;
  draft: DraftOf<K>;
}) => Promise<ContentOf<K>>;

/** A kind needs no line when its draft is its content. */
const resolvers: { [K in Sendable["kind"] as DraftOf<K> extends ContentOf<K> ? never : K]: ResolveDraft<K> } & {
  [K in Sendable["kind"]]?: ResolveDraft<K>;
} = {
  text: resolveText,
  link: resolveLink,
  card: resolveCard,
  image: resolveImage,
  voice: resolveVoice,
  video: resolveVideo,
  file: resolveFile,
  news: resolveNews,
  sticker: resolveSticker,
  reminder: resolveReminder,
  poll: resolvePoll,
  signup: resolveSignup,
};

/**
 * Turns a draft into the content to store: what the draft names is looked up, and must be mine to show. Refuses
 * `not_found` for what the sender may not show or not read, and what the resolver of the kind refuses.
 */
export async function resolveDraft(me: Me, conversationId: string, draft: Sendable): Promise<Content> {
  const { replyTo, silent } = draft;
  if (replyTo !== undefined && !(await mayRead(sql(), conversationId, me.personId, replyTo))) {
    throw new Refusal("not_found");
  }
  // Only the draft of its own kind is ever passed.
  const resolve = resolvers[draft.kind] as ResolveDraft<Sendable["kind"]> | undefined;
  const content = resolve ? await resolve({ me, conversationId, draft }) : (draft as Content);
  return { ...content, ...(replyTo === undefined ? {} : { replyTo }), ...(silent ? { silent } : {}) };
}
