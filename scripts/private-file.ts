import { chmodSync, renameSync, writeFileSync } from "node:fs";

/**
 * Writes a file that no other user of this machine may read, whatever the umask says and whatever rights one that is
 * there has; whole, or not at all.
 */
export function writePrivately(file: string, text: string): void {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, text, { mode: 0o600 });
  // The mode above is for a file that is made; one that a killed process left has its own.
  chmodSync(part, 0o600);
  renameSync(part, file);
}
