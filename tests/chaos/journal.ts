/** What one device saw and did, in order, one JSON array a line, compressed as it is written. */
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";

const flushAt = 64 * 1024;

export class Journal {
  #text = "";
  readonly #gzip = createGzip({ level: 1, memLevel: 6 });
  readonly #file;

  constructor(path: string) {
    this.#file = createWriteStream(path);
    this.#gzip.pipe(this.#file);
  }

  write(kind: string, ...rest: unknown[]): void {
    this.#text += `${JSON.stringify([kind, Date.now(), ...rest])}\n`;
    if (this.#text.length > flushAt) this.#flush();
  }

  #flush(): void {
    this.#gzip.write(this.#text);
    this.#text = "";
  }

  async close(): Promise<void> {
    this.#flush();
    this.#gzip.end();
    await finished(this.#file);
  }
}
