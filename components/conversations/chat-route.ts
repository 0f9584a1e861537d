/** The open conversation, and in it a message or the page of its media, as the address says. */
export type ChatRoute = { conversationId: string | null; seq: number | null; media: boolean };

const pattern = /^\/c(?:\/([^/]+)(?:\/(?:m\/([1-9][0-9]{0,9})|(media)))?)?\/?$/;

export const isChatRoute = (pathname: string) => pattern.test(pathname);

export function chatRouteOf(pathname: string): ChatRoute {
  const [, conversationId = null, seq, media] = pattern.exec(pathname) ?? [];
  return { conversationId, seq: seq === undefined ? null : Number(seq), media: media !== undefined };
}

export const conversationPath = (conversationId: string) => `/c/${conversationId}`;

export const messagePath = (conversationId: string, seq: number) => `${conversationPath(conversationId)}/m/${seq}`;

export const mediaPath = (conversationId: string) => `${conversationPath(conversationId)}/media`;
