type Lines = AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>;

export type Verdict = {
  violations: Record<string, number>;
  samples: string[];
  counts: Record<string, number>;
  recovery: Record<string, { times: number; medianMs: number; mostMs: number }>;
};

/** Each source gives parsed lines, many at a time, and is read once or twice. */
export function judge(run: {
  tables: () => Lines;
  driver: () => Lines;
  devices: (() => Lines)[];
  demands: Record<string, number>;
}): Promise<Verdict>;
