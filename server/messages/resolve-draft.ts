import { graphemeEdges } from "#contracts/graphemes.ts";
import type { Content, Sendable } from "#contracts/kinds/index.ts";
import { authorizeMember } from "#server/communities/authorize.ts";
import { sql } from "#server/db/sql.ts";
import { readFriends } from "#server/friends/store.ts";
import { resolveLink } from "#server/links/resolve-draft.ts";
import type { Me } from "#server/me.ts";
import { resolveMedia } from "#server/media/resolve-draft.ts";
import { areMembers } from "#server/messages/store.ts";
import { readPerson } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";
import { resolveSticker } from "#server/stickers/resolve-draft.ts";

/**
 * Turns a draft into the content to store: everything that the draft only references is looked up here, and may be
 * pointed to by `me`. The same draft settles to the same content, or a retry would not find its message. Refuses
 * `not_found` for what the sender may not show.
 */
export async function resolveDraft(me: Me, conversationId: string, draft: Sendable): Promise<Content> {
  switch (draft.kind) {
    case "text":
    case "link":
      if (draft.mentions?.length) await checkMentions(me, conversationId, draft.text, draft.mentions);
      return draft.kind === "text" ? draft : resolveLink(draft);
    case "card":
      return draft.of === "person" ? resolvePerson(me, draft.id) : resolveCommunity(me, draft.id);
    case "image":
    case "voice":
    case "video":
    case "file":
    case "news":
      return resolveMedia(me, draft);
    case "sticker":
      return resolveSticker(me, draft.stickerId);
    case "location":
    case "custom":
      return draft;
  }
}

/** Stretches in order, inside the text, without overlap, of whole graphemes; people of this conversation. */
async function checkMentions(me: Me, conversationId: string, text: string, mentions: Mention[]): Promise<void> {
  let end = 0;
  const isEdge = graphemeEdges(text);
  for (const { start, length } of mentions) {
    if (start < end || length < 1 || start + length > text.length) throw new Refusal("invalid_input");
    end = start + length;
    if (!isEdge(start) || !isEdge(end)) throw new Refusal("invalid_input");
  }
  const people = [...new Set([me.personId, ...mentions.map(({ personId }) => personId)])];
  if (!(await areMembers(sql(), conversationId, people))) throw new Refusal("not_found");
}

type Mention = { personId: string; start: number; length: number };

/** Myself or a friend: whom else I met has not agreed to be handed around. */
async function resolvePerson(me: Me, id: string): Promise<Content> {
  const person = id === me.personId ? await readPerson(sql(), id) : (await readFriends(sql(), me.personId, id)).at(0);
  if (!person) throw new Refusal("not_found");
  return { kind: "card", of: "person", id, number: person.number, name: person.displayName };
}

async function resolveCommunity(me: Me, id: string): Promise<Content> {
  const community = await authorizeMember(sql(), me, id);
  return { kind: "card", of: "community", id, number: community.number, name: community.name };
}
