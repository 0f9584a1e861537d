import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

/** A sign-up without entries. */
export const resolveSignup: ResolveDraft<"signup"> = async ({ draft }) => {
  const { kind, title, note, several, closesAt } = draft;
  return { kind, title, note, several, closesAt, closedAt: null, count: 0, entries: [] };
};
