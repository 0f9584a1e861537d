/**
 * The message everything is measured with: 200 bytes of UTF-8, a number and mixed Chinese and English. A delivery counts
 * only when the receiver finds the text whole; the number says which message it was. Nothing in it needs escaping, so it
 * stands in every encoding of every contender as the same bytes.
 */
const digits = 9;
const bytes = 200;
const filler = fill(bytes - digits - 1);
const needle = Buffer.from(` ${filler}`);

function fill(size: number): string {
  const words = "会议改到三点 the meeting moves to three, 请带上合同和图纸 and the drawings; 谁还没收到邀请？ ";
  let text = "";
  while (Buffer.byteLength(text) < size) text += words[text.length % words.length];
  // A character of three bytes may have passed the end.
  while (Buffer.byteLength(text) > size) text = text.slice(0, -1);
  return text.padEnd(text.length + size - Buffer.byteLength(text), ".").replace(/ $/, ".");
}

export const bodyOf = (id: number) => `${String(id).padStart(digits, "0")} ${filler}`;

/** The number of the first message with its whole text in this frame at or after `from`; -1 when there is none. */
export function idIn(frame: Buffer, from = 0): number {
  const at = frame.indexOf(needle, from);
  if (at < digits) return -1;
  let id = 0;
  for (let place = at - digits; place < at; place += 1) id = id * 10 + ((frame[place] ?? 48) - 48);
  return id;
}
