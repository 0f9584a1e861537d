/** The open conversation and message, as the address says. */
export type ChatRoute = { conversationId: string | null; seq: number | null };

const pattern = /^\/c(?:\/([^/]+)(?:\/m\/([1-9][0-9]{0,9}))?)?\/?$/;

export const isChatRoute = (pathname: string) => pattern.test(pathname);

export function chatRouteOf(pathname: string): ChatRoute {
  const [, conversationId = null, seq] = pattern.exec(pathname) ?? [];
  return { conversationId, seq: seq === undefined ? null : Number(seq) };
}

export const conversationPath = (conversationId: string) => `/c/${conversationId}`;

export const messagePath = (conversationId: string, seq: number) => `${conversationPath(conversationId)}/m/${seq}`;
