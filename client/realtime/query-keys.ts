import type { QueryKey } from "@tanstack/react-query";

/** The query keys of everything that events update. Built once, from the tRPC proxy, in `realtime-provider.tsx`. */
export type QueryKeys = {
  me: QueryKey;
  inbox: QueryKey;
  friends: QueryKey;
  communities: QueryKey;
  members: (communityId: string) => QueryKey;
  packet: (packetId: string) => QueryKey;
  timeline: (conversationId: string) => QueryKey;
};

export const timelineKey = (conversationId: string): QueryKey => ["timeline", conversationId];
