import { filesOf } from "#contracts/messages/kinds/index.ts";
import { readReadyFiles } from "#server/media/ready-files.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

export const resolveNews: ResolveDraft<"news"> = async ({ me, draft }) => {
  const ready = await readReadyFiles(me, filesOf(draft));
  return { ...draft, picture: draft.picture && ready.picture(draft.picture) };
};
