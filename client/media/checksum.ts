const slice = 1024 * 1024;

/** Retrying an upload does not hash the file again. */
const known = new WeakMap<Blob, string>();

/** SHA-256 of a file of any size, in hexadecimal; read piece by piece, so a film does not have to fit into memory. */
export async function sha256Of(file: Blob, signal: AbortSignal): Promise<string> {
  const before = known.get(file);
  if (before) return before;
  // Web Crypto digests only what is in memory whole, and only on https.
  const { sha256 } = await import("@noble/hashes/sha2.js");
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += slice) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(at, at + slice).arrayBuffer()));
  }
  const digest = Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
  known.set(file, digest);
  return digest;
}
