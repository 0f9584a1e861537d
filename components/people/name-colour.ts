/** How many colours of names there are: `--name-1` and on in `app/globals.css`. */
export const nameColours = 8;

/** The colour of a person's name where several write: always the same one, and of no meaning. */
export function nameColourOf(personId: string): string {
  // FNV-1a: ids that were given one after the other get colours that are far apart.
  let hash = 0x811c9dc5;
  for (let at = 0; at < personId.length; at += 1) {
    hash = Math.imul(hash ^ personId.charCodeAt(at), 0x01000193);
  }
  return `var(--name-${((hash >>> 8) % nameColours) + 1})`;
}
