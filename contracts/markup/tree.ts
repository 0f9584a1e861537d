import { type Run, spans } from "#contracts/markup/pairs.ts";
import type { Inline } from "#contracts/markup.ts";

/** What a stretch consists of, in order; the runs know by then which spans begin and end at them. */
export type Piece<Atom> = Exclude<Inline<Atom>, { children: unknown }> | Run;

/** Every run that closes a span stands behind the one that opens it, and spans are inside each other or apart. */
export function buildTree<Atom>(pieces: readonly Piece<Atom>[]): Inline<Atom>[] {
  const root: Inline<Atom>[] = [];
  const around: Inline<Atom>[][] = [];
  let children = root;
  for (const piece of pieces) {
    if (piece.type === "text") addText(children, piece.text);
    else if (piece.type !== "run") children.push(piece);
    else {
      for (const mark of piece.closes) {
        const type = spans[mark];
        const parent = around.pop();
        if (type) parent?.push({ type, children });
        children = parent ?? root;
      }
      // The marks of a run that pair with nothing are text: outside of what it opens, behind what it closes.
      let used = 0;
      for (const mark of piece.opens) used += mark.length;
      for (const mark of piece.closes) used += mark.length;
      if (used < piece.text.length) addText(children, piece.text.slice(used));
      for (const _ of piece.opens) {
        around.push(children);
        children = [];
      }
    }
  }
  return root;
}

function addText<Atom>(children: Inline<Atom>[], text: string): void {
  const last = children.at(-1);
  if (last?.type === "text") last.text += text;
  else if (text !== "") children.push({ type: "text", text });
}
