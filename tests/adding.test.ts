import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const directory = path.resolve(".data", `adding-${process.pid}`);

async function compile(blocks: string[]): Promise<string> {
  await mkdir(directory, { recursive: true });
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const [at, code] of blocks.entries()) await writeFile(path.join(directory, `example-${at}.ts`), code);
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { incremental: false },
    include: ["*.ts"],
    exclude: [],
  };
  await writeFile(path.join(directory, "tsconfig.json"), JSON.stringify(config));
  const run = promisify(execFile)(process.execPath, ["node_modules/typescript/bin/tsc", "-p", directory]);
  return run.then(
    () => "",
    (error: { stdout: string }) => error.stdout,
  );
}

test("the examples of docs/adding.md compile, and a wrong one does not", async () => {
  const page = await readFile("docs/adding.md", "utf8");
  const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
  expect(blocks).toHaveLength(5);
  expect(await compile(blocks)).toBe("");
  expect(await compile([...blocks, 'import { addJob } from "#server/jobs/add-job.ts";\naddJob(1);\n'])).toContain(
    "example-5.ts",
  );
});
