/**
 * How the program of each language is made ready, in `.data/sdk`: its packages come through its own package manager, and
 * nothing outside that folder is changed. `prepare` gives the command, or says what this machine lacks.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { dataDirectory, root } from "#scripts/settings.ts";

export type Language = {
  name: string;
  sdks: string;
  hasClient: boolean;
  /** Rejects nothing: a sentence says what is missing. */
  prepare(): { command: string[] } | { lacks: string };
};

const made = path.join(dataDirectory, "sdk");
const source = (...parts: string[]) => path.join(root, "tests/sdk", ...parts);
const installWithin = 300_000;

/** Undefined when it worked. */
function failure(program: string, args: string[], cwd = root): string | undefined {
  const { status, error, stderr, stdout } = spawnSync(program, args, { cwd, encoding: "utf8", timeout: installWithin });
  if (error) return `${program} is not here (${error.message})`;
  return status === 0 ? undefined : `${program} ${args[0]} failed: ${`${stdout}${stderr}`.trim().slice(-500)}`;
}

function firstFailure(steps: (() => string | undefined)[]): string | undefined {
  for (const step of steps) {
    const lacks = step();
    if (lacks) return lacks;
  }
  return undefined;
}

const python: Language = {
  name: "python",
  sdks: "pusher, pysher",
  hasClient: true,
  prepare: () => {
    const home = path.join(made, "python");
    const bin = path.join(home, process.platform === "win32" ? "Scripts/python" : "bin/python");
    const lacks = firstFailure([
      () => failure("python3", ["--version"]),
      () => (existsSync(bin) ? undefined : failure("python3", ["-m", "venv", home])),
      () => failure(bin, ["-m", "pip", "install", "--quiet", "--requirement", source("python/requirements.txt")]),
    ]);
    return lacks ? { lacks } : { command: [bin, source("python/driver.py")] };
  },
};

const go: Language = {
  name: "go",
  sdks: "pusher-http-go",
  hasClient: false,
  prepare: () => {
    const program = path.join(made, "go-driver");
    const lacks = firstFailure([
      () => failure("go", ["version"]),
      () => failure("go", ["build", "-o", program, "."], source("go")),
    ]);
    return lacks ? { lacks } : { command: [program] };
  },
};

const java: Language = {
  name: "java",
  sdks: "pusher-http-java, pusher-java-client",
  hasClient: true,
  prepare: () => {
    const list = path.join(made, "java-classpath");
    const maven = ["--quiet", "--batch-mode", "--file", source("java/pom.xml"), "dependency:build-classpath"];
    const lacks = firstFailure([
      () => failure("java", ["--version"]),
      () => failure("mvn", ["--version"]),
      () => failure("mvn", [...maven, `-Dmdep.outputFile=${list}`]),
    ]);
    if (lacks) return { lacks };
    return { command: ["java", "-cp", readFileSync(list, "utf8").trim(), source("java/Driver.java")] };
  },
};

export function languages(): Language[] {
  mkdirSync(made, { recursive: true });
  return [python, go, java];
}
