import { filesOf } from "#contracts/messages/kinds/index.ts";
import { readReadyFiles } from "#server/media/ready-files.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

export const resolveVideo: ResolveDraft<"video"> = async ({ me, draft }) => {
  const ready = await readReadyFiles(me, filesOf(draft));
  return { ...draft, video: ready.film(draft.video), poster: draft.poster && ready.picture(draft.poster) };
};
