/** The code that can run in each process, as a bundler sees it: without what nothing in it calls. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** Next's names for what it loads by itself. */
const pages = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
  /(^|[/\\])(page|layout|route|error|not-found)\.tsx?$/.test(file),
);

const entries = {
  web: ["instrumentation.ts", ...pages.map((file) => path.join("app", file))],
  worker: ["realtime/main.ts"],
  jobs: ["jobs/main.ts"],
  seed: ["prisma/seed.ts"],
};

export async function codeOf(process: keyof typeof entries): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: entries[process],
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    packages: "external",
    jsx: "automatic",
    loader: { ".css": "empty" },
    outdir: "never-written",
    write: false,
    logLevel: "error",
  });
  return outputFiles.map(({ text }) => text).join("\n");
}
