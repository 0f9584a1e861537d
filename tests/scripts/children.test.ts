import { expect, test } from "vitest";
import { Child, stopInOrder } from "#scripts/children.ts";
import { isAlive } from "#scripts/process-identity.ts";

/** Says "ready", and does `onStop` when it is told to stop. */
function childThat(onStop: string, name: string, lines: string[]): Child {
  const program = `process.on("SIGTERM", () => { ${onStop} }); setInterval(() => {}, 1000); console.log("ready");`;
  const spec = { name, args: ["-e", program], environment: {}, graceMs: 1_000 };
  return new Child(spec, { onLine: (from, line) => lines.push(`${from} ${line}`) });
}

test("a child that ignores being stopped is killed, and holds up no other", async () => {
  const lines: string[] = [];
  const hung = childThat("", "hung", lines);
  const polite = childThat('console.log("goodbye"); process.exit(0);', "polite", lines);
  const last = childThat('console.log("goodbye"); process.exit(0);', "last", lines);
  const children = [hung, polite, last];
  for (const child of children) child.start();
  await expect.poll(() => lines.filter((line) => line.endsWith("ready")).length).toBe(3);
  const records = children.map((child) => child.record);
  await stopInOrder([[hung, polite], children]);
  const goodbyes = () => lines.filter((line) => line.endsWith("goodbye"));
  await expect.poll(goodbyes).toEqual(["polite goodbye", "last goodbye"]);
  for (const record of records) await expect.poll(() => record && isAlive(record)).toBe(false);
});
