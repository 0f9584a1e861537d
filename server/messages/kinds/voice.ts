import { filesOf } from "#contracts/messages/kinds/index.ts";
import { readReadyFiles } from "#server/media/ready-files.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

export const resolveVoice: ResolveDraft<"voice"> = async ({ me, draft }) => {
  const ready = await readReadyFiles(me, filesOf(draft));
  return { ...draft, voice: ready.recording(draft.voice) };
};
