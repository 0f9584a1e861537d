import { thumbHashToDataURL } from "thumbhash";

const known = new Map<string, string>();
/** A few screens of pictures; each is half a kilobyte. */
const most = 500;

/** A thumbhash as something to look at: about 30 × 30 pixels, which the browser blurs by stretching. */
export function blurOf(thumbhash: string): string | undefined {
  if (thumbhash === "") return undefined;
  const held = known.get(thumbhash);
  if (held !== undefined) return held;
  let url = "";
  try {
    url = thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0)));
  } catch {
    return undefined; // not ours to repair: the picture comes anyway
  }
  if (known.size >= most) known.clear();
  known.set(thumbhash, url);
  return url;
}
