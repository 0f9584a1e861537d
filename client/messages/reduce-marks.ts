import type { PersonEvent } from "#contracts/events.ts";
import { limits } from "#contracts/limits.ts";
import type { MessageMarks } from "#contracts/messages/marks.ts";

/** My marks in a conversation after my next event in order. */
export function reduceMarks(marks: MessageMarks, event: PersonEvent, conversationId: string): MessageMarks {
  const now = { ...marks, rev: event.rev };
  switch (event.type) {
    case "hidden_messages.changed":
      if (event.conversationId !== conversationId) return now;
      return { ...now, hidden: marked(now.hidden, event.seqs, event.hidden) };
    case "starred_messages.changed":
      if (event.conversationId !== conversationId) return now;
      return { ...now, starred: marked(now.starred, event.seqs, event.starred) };
    case "heard_voices.changed":
      if (event.conversationId !== conversationId) return now;
      return { ...now, heard: marked(now.heard, event.seqs, true).slice(-limits.heardVoices) };
    case "answer.changed": {
      if (event.conversationId !== conversationId) return now;
      const { answer } = event;
      const others = now.answers.filter(({ seq }) => seq !== answer.seq);
      if (answer.choices.length === 0 && answer.entries.length === 0) return { ...now, answers: others };
      return { ...now, answers: [...others, answer].sort((a, b) => a.seq - b.seq) };
    }
    case "conversation.added":
    case "conversation.removed":
    case "read_marker.changed":
    case "conversation_settings.changed":
    case "folders.changed":
    case "filed_conversation.changed":
    case "draft.changed":
    case "scheduled_message.changed":
    case "scheduled_message.removed":
    case "friend_request.changed":
    case "friend.changed":
    case "friend.removed":
    case "block.changed":
    case "join_request.changed":
    case "profile.changed":
    case "person.rev_changed":
      return now;
  }
}

function marked(known: readonly number[], seqs: readonly number[], are: boolean): number[] {
  const others = known.filter((seq) => !seqs.includes(seq));
  return are ? [...others, ...seqs].sort((a, b) => a - b) : others;
}
