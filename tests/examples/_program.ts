/** One run of the command line client as a process of its own. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type Program = {
  lines: string[];
  errors: string[];
  /** Resolves when a line of stdout or stderr fits. Rejects when the program ends without one. */
  until(fits: (line: string) => boolean): Promise<string>;
  /** Writes the input and ends it. */
  input(text: string): void;
  interrupt(): void;
  exit: Promise<number | null>;
};

export function runProgram(args: string[], environment: Record<string, string>): Program {
  const child = spawn(process.execPath, ["--import", "tsx", "examples/cli/main.ts", ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
    stdio: "pipe",
  });
  const [lines, errors]: [string[], string[]] = [[], []];
  const looks = new Set<() => void>();
  for (const [stream, kept] of [
    [child.stdout, lines],
    [child.stderr, errors],
  ] as const) {
    createInterface({ input: stream }).on("line", (line) => {
      kept.push(line);
      for (const look of looks) look();
    });
  }
  // A program may have ended before it read its input.
  child.stdin.on("error", () => {});
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    lines,
    errors,
    exit,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = [...lines, ...errors].find(fits);
          if (found === undefined) return;
          looks.delete(look);
          resolve(found);
        };
        looks.add(look);
        look();
        void exit.then((code) => reject(new Error(`ended with ${code}: ${[...lines, ...errors].join("\n")}`)));
      }),
    input: (text) => child.stdin.end(text),
    interrupt: () => child.kill("SIGINT"),
  };
}
