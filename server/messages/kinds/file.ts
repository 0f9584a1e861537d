import { filesOf } from "#contracts/messages/kinds/index.ts";
import { readReadyFiles } from "#server/media/ready-files.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

export const resolveFile: ResolveDraft<"file"> = async ({ me, draft }) => {
  const ready = await readReadyFiles(me, filesOf(draft));
  const { name, ...file } = ready.file(draft.file);
  return { ...draft, file, name };
};
