/** What `npm run mutate` changes, and the tests that must notice: only the files that are about the area. */
export type MutationArea = {
  mutate: string[];
  tests: string[];
  /** The tests need Postgres (vitest.config.ts): a mutant takes seconds instead of a fraction of one. */
  database?: true;
};

export const mutationAreas: Record<string, MutationArea> = {
  visibility: { mutate: ["realtime/visibility.ts"], tests: ["tests/realtime/visibility.test.ts"] },
  hub: {
    mutate: ["realtime/hub.ts", "realtime/connected-members.ts", "realtime/loading-people.ts"],
    tests: ["tests/realtime/hub*.test.ts", "tests/realtime/loading-people.test.ts"],
  },
  "reduce-timeline": {
    mutate: ["client/messages/reduce-timeline.ts"],
    tests: ["tests/client/reduce-timeline*.test.ts"],
  },
  "apply-event": {
    mutate: [
      "client/realtime/apply-event.ts",
      "client/realtime/compare-rev.ts",
      "client/conversations/reduce-inbox.ts",
      "client/conversations/unread.ts",
    ],
    tests: ["tests/client/apply-event.test.ts", "tests/client/reduce-inbox*.test.ts"],
  },
  outbox: {
    mutate: ["client/messages/outbox.ts", "client/messages/outbox-store.ts"],
    tests: ["tests/client/outbox*.test.ts"],
  },
  ledger: { mutate: ["server/wallet/split.ts"], tests: ["tests/server/split.test.ts"] },
  sessions: {
    mutate: ["realtime/session.ts", "realtime/pusher/session.ts"],
    tests: ["tests/realtime/session*.test.ts", "tests/realtime/pusher-session.test.ts"],
  },
  text: {
    mutate: ["contracts/{text,emoji,graphemes,invisible,typed,web-address}.ts"],
    tests: ["tests/contracts/{text,emoji,graphemes,names}.test.ts"],
  },
  kinds: {
    mutate: ["contracts/messages/kinds/*.ts", "contracts/messages/parts.ts"],
    tests: ["tests/contracts/kinds.test.ts"],
  },
  "markup-blocks": {
    mutate: ["contracts/markup.ts", "contracts/markup/{blocks,code-spans,tree}.ts"],
    tests: ["tests/contracts/{markup,addresses,commonmark}.test.ts"],
  },
  "markup-inline": {
    mutate: ["contracts/markup/{inline,edges,pairs,addresses}.ts"],
    tests: ["tests/contracts/{markup,addresses,commonmark}.test.ts"],
  },
  rules: {
    mutate: ["server/friends/rules.ts", "server/media/rules.ts"],
    tests: ["tests/server/rules.test.ts"],
  },
  access: {
    mutate: ["server/conversations/authorize.ts", "server/communities/authorize.ts"],
    tests: ["tests/server/access.test.ts"],
    database: true,
  },
  batch: {
    mutate: ["server/messages/send/batch.ts"],
    tests: ["tests/server/batch.test.ts"],
    database: true,
  },
};
