import { notesOutput } from "#contracts/conversations.ts";
import { openNotes } from "#server/conversations/notes.ts";
import { procedure, router } from "#server/trpc/init.ts";

/** Apart from the other procedures of conversations, which the worker serves, too: it makes no conversations. */
export const notesRouter = router({
  /** My notes to myself: the conversation is made when it is first asked for. */
  notes: procedure.output(notesOutput).mutation(({ ctx }) => openNotes(ctx.me)),
});
