import { expect, test } from "vitest";
import { batched } from "#server/realtime/batched.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Questions in, the sizes of the queries that they became out. */
function counting() {
  const sizes: number[] = [];
  const ask = batched(async (questions: number[]) => {
    sizes.push(questions.length);
    await turn();
    return (question: number) => question * 2;
  });
  return { ask, sizes };
}

test("who comes alone is asked for alone, and the next one does not wait for others", async () => {
  const { ask, sizes } = counting();
  for (let at = 0; at < 5; at += 1) expect(await ask(at)).toBe(at * 2);
  expect(sizes).toEqual([1, 1, 1, 1, 1]);
});

test("a crowd that comes one after the other makes few queries", async () => {
  const { ask, sizes } = counting();
  const answers: Promise<number>[] = [];
  for (let at = 0; at < 200; at += 1) {
    answers.push(ask(at));
    if (at % 3 === 2) await turn();
  }
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 200 }, (_, at) => at * 2));
  expect(sizes.length).toBeLessThan(30);
});

test("a query that fails fails its own questions, not the next ones", async () => {
  let calls = 0;
  const ask = batched(async (_: string[]) => {
    calls += 1;
    if (calls === 1) throw new Error("away");
    return (question: string) => question;
  });
  await expect(ask("first")).rejects.toThrow("away");
  expect(await ask("second")).toBe("second");
});
