/** What each message says, in eight bytes: a long run has millions of them on its devices. */
import { createHash } from "node:crypto";

const bytesEach = 8;

export class Digests {
  #bytes = Buffer.alloc(64 * bytesEach);

  /** `at` counts from 1; `digest` is sixteen hexadecimal digits. */
  set(at: number, digest: string): void {
    if (at * bytesEach > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], Math.max(this.#bytes.length * 2, at * bytesEach));
    }
    this.#bytes.write(digest, (at - 1) * bytesEach, "hex");
  }

  all(count: number): string[] {
    return Array.from({ length: count }, (_, at) => this.#bytes.toString("hex", at * bytesEach, (at + 1) * bytesEach));
  }
}

/** Two devices that hold the same messages from the same beginning have the same chain. */
export function chainOf(digests: readonly string[]): string {
  return digests.reduce((chain, digest) => createHash("sha1").update(chain).update(digest).digest("hex"), "");
}
