/** Does `work` for every number below `count`, so many at a time: a storm that the accept queue can hold. */
export async function inParallel(count: number, most: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const scenario = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(most, count) }, scenario));
}
