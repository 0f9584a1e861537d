import type { Api } from "#examples/cli/api.ts";

export type Surroundings = {
  /** The server's address, without a slash at the end. */
  url: string;
  /** Ends with the program, by Ctrl-C for example. */
  signal: AbortSignal;
  options: { json: boolean; from: number | null };
  /** A client without a session. */
  connect(): Api;
  /** A client with the stored session; fails when there is none. */
  enter(): Promise<Api>;
};

/** Resolves when it is done; throws what `sentenceFor` puts into words. */
export type Command = (surroundings: Surroundings, words: string[]) => Promise<void>;
