/** Recalls, edits and reactions in the tables of a recorded run. */
import type { MessageRow, PlaceRecord } from "#tests/chaos/record.ts";

export type Wish =
  | { emoji: string; reacted: boolean; text?: undefined }
  | { text: string; emoji?: undefined; reacted?: undefined };

/** The message after a reaction or an edit, or after its recall when nothing is wished for. */
export function changeRows(place: PlaceRecord, seq: number, personId: string, wish?: Wish): MessageRow {
  const message = place.messages[seq - 1];
  if (!message) throw new Error(`there is no message ${seq}`);
  const { rev, said, reactions, edited } = message;
  message.earlier.push({ rev, said, reactions, edited });
  place.row.rev += 1;
  message.rev = place.row.rev;
  if (!wish) {
    place.reactions = place.reactions.filter((row) => row.seq !== seq);
    return Object.assign(message, { said: "recalled:", reactions: [] });
  }
  if (wish.emoji === undefined) return Object.assign(message, { said: wish.text, edited: message.rev });
  const { emoji, reacted } = wish;
  const others = place.reactions.filter((row) => row.seq !== seq || row.personId !== personId || row.emoji !== emoji);
  place.reactions = [...others, { is: "reaction", seq, personId, emoji, rev: message.rev, removed: !reacted }];
  const rows = place.reactions.filter((row) => row.seq === seq && !row.removed);
  message.reactions = [...new Set(rows.map((row) => row.emoji))].map((each) => {
    const people = rows.flatMap((row) => (row.emoji === each ? [row.personId] : []));
    return [each, people.length, people.slice(0, 3)];
  });
  return message;
}
