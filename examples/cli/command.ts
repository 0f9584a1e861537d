import type { Api } from "#examples/cli/api.ts";

export type Surroundings = {
  /** The server's address, without a slash at the end. */
  url: string;
  /** Ends with the program, by Ctrl-C for example. */
  signal: AbortSignal;
  options: { json: boolean; from: number | null };
  /** The server as nobody. */
  connect(): Api;
  /** The server as whoever is signed in there; fails when nobody is. */
  enter(): Promise<Api>;
};

/** Resolves when it is done; throws what `sentenceFor` puts into words. */
export type Command = (surroundings: Surroundings, words: string[]) => Promise<void>;
