import { emptySignup } from "#contracts/messages/kinds/signup.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

export const resolveSignup: ResolveDraft<"signup"> = async ({ draft: { replyTo: _, silent: __, ...draft } }) =>
  emptySignup(draft);
