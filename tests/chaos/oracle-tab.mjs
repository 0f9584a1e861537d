/** What a tab, the product's own client, shows in the end. */
import { digestOf } from "./oracle-tables.mjs";

export function judgeTab(scan, id, metadata, timelineRev, shown) {
  const place = scan.world.places.get(id);
  const member = place?.members.get(scan.person);
  scan.ends.add(id);
  scan.book.count("tabConversations");
  if (member?.left !== false) return scan.wrong("a tab shows a conversation that it is not in", id);
  if (metadata.rev !== place.rev || metadata.lastSeq !== place.lastSeq) {
    scan.wrong(
      "a tab's list is not current",
      `${id} at ${metadata.lastSeq} of ${place.lastSeq}, rev ${metadata.rev} of ${place.rev}`,
    );
  }
  if (metadata.lastReadSeq !== member.lastReadSeq)
    scan.wrong("a tab's read mark is not the table's", `${id} ${metadata.lastReadSeq}`);
  const last = shown.at(-1)?.[0];
  if (timelineRev !== place.rev || last !== place.lastSeq) {
    scan.wrong(
      "a tab's timeline is not current",
      `${id} at ${last} of ${place.lastSeq}, rev ${timelineRev} of ${place.rev}`,
    );
  }
  let expected = shown[0]?.[0] ?? 0;
  if (expected < member.visibleFromSeq)
    scan.wrong("a tab shows what was said before its person came", `${id} ${expected}`);
  for (const [seq, sender, client, said] of shown) {
    const stored = seq <= place.n ? place.digest(seq) : "";
    if (seq !== expected || digestOf(seq, sender, client, said) !== stored) {
      return scan.wrong("a tab shows something else than the tables", `${id} ${seq}`);
    }
    expected += 1;
  }
}
