import { filesOf } from "#contracts/messages/kinds/index.ts";
import { readReadyFiles } from "#server/media/ready-files.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

export const resolveImage: ResolveDraft<"image"> = async ({ me, draft }) => {
  const ready = await readReadyFiles(me, filesOf(draft));
  return { ...draft, pictures: draft.pictures.map(ready.picture) };
};
