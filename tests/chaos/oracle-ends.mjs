/** What a tab, the product's own client, shows in the end; and what became of changed messages on a plain device. */
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
  if (scan.recalledIn(JSON.stringify([metadata, shown])).length > 0) scan.wrong("a tab shows a recalled text", id);
  for (const state of shown) {
    const [seq] = state;
    const differs = place.differsFromNow(state, scan.person);
    if (seq !== expected || differs === "said") {
      return scan.wrong("a tab shows something else than the tables", `${id} ${seq}`);
    }
    if (differs) scan.wrong(`a tab shows other ${differs} than the tables`, `${id} ${seq} ${JSON.stringify(state)}`);
    expected += 1;
  }
}

/** Recalled, edited and reacted to: each is held as the tables have it. */
export function judgeHeldChanges(scan, place, base, held) {
  for (const [seq, { rev, recalled, edits }] of place.changed) {
    const stays = recalled || edits.length > 0 || place.now(seq).reactions !== "[]";
    if (seq <= base || held.has(seq) || !stays) continue;
    scan.wrong("lacks a change at the end", `${place.id} ${seq} rev ${rev}`);
  }
  for (const [seq, rev, recalled, reactions, own] of held.values()) {
    const now = place.now(seq);
    const where = `${place.id} ${seq} rev ${rev}`;
    scan.book.count("finalChanges");
    if (rev !== now.rev || recalled !== place.recallRev(seq) < Infinity)
      scan.wrong("holds another state of a message at the end", `${where} of ${now.rev}`);
    if (JSON.stringify(reactions) !== now.reactions) scan.wrong("holds other reactions at the end", where);
    const mine = place.ownReactions(seq, scan.person);
    if (JSON.stringify(own) !== JSON.stringify(mine))
      scan.wrong("holds other reactions of its own at the end", `${where} ${own} of ${mine}`);
  }
}
