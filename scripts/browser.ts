/**
 * Finds a Chromium for the journeys, without downloading one: Playwright's own, else one that is installed, else the one
 * of the package @sparticuz/chromium, which is unpacked once into a temporary directory of this user.
 *
 * CHROMIUM_PATH names one explicitly. Throws a sentence that says what to do when there is none.
 */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";

export type Browser = { executablePath: string; env?: Record<string, string> };

const names = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome"];

function installedPlaces(): string[] {
  const { env, platform } = process;
  const onPath = (env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  if (platform === "darwin") {
    return ["/Applications", path.join(os.homedir(), "Applications")].flatMap((folder) =>
      ["Google Chrome", "Chromium"].map((name) => path.join(folder, `${name}.app/Contents/MacOS/${name}`)),
    );
  }
  if (platform === "win32") {
    return [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].flatMap((folder) =>
      folder ? ["Google/Chrome", "Chromium"].map((name) => path.join(folder, name, "Application/chrome.exe")) : [],
    );
  }
  return [...onPath, "/usr/bin/chromium", "/usr/bin/google-chrome", "/snap/bin/chromium"];
}

/** Some systems put a script there that only says how to install the browser; so it is asked for its version. */
function works(file: string): boolean {
  if (!existsSync(file)) return false;
  if (process.platform === "win32") return true;
  const { status, stdout } = spawnSync(file, ["--version"], { encoding: "utf8", timeout: 15_000 });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

function privateDirectory(): string {
  const directory = path.join(os.tmpdir(), `imchat-chromium-${process.getuid?.() ?? "user"}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const owner = lstatSync(directory);
  if (!owner.isDirectory() || (process.getuid && owner.uid !== process.getuid())) {
    throw new Error(`${directory} belongs to someone else. Remove it, or set CHROMIUM_PATH.`);
  }
  return directory;
}

/**
 * The package brings no font that its own configuration finds, and its browser ends ("Not implemented", in Skia's font
 * manager) at the first character that no font has. Unifont has every character of the basic plane, Noto the emoji.
 */
function writeFontConfiguration(directory: string): string {
  const folder = (name: string, inside: string) =>
    path.join(path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), inside);
  const fonts = [
    "/usr/share/fonts",
    folder("@fontsource/unifont", "files"),
    folder("@expo-google-fonts/noto-color-emoji", "400Regular"),
  ];
  const cache = path.join(directory, "font-cache");
  const lines = [...fonts.map((font) => `<dir>${font}</dir>`), `<cachedir>${cache}</cachedir>`];
  writeFileSync(
    path.join(directory, "fonts.conf"),
    `<?xml version="1.0"?>\n<fontconfig>\n${lines.join("\n")}\n</fontconfig>\n`,
  );
  return directory;
}

/** The package unpacks to the temporary directory, and its libraries only where it believes to be on AWS Lambda. */
async function unpacked(): Promise<Browser> {
  const directory = privateDirectory();
  const whole = path.join(directory, "whole");
  if (!existsSync(whole)) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { mode: 0o700 });
  }
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: directory, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" });
  try {
    const { default: chromiumPackage } = await import("@sparticuz/chromium");
    const executablePath = await chromiumPackage.executablePath();
    writeFileSync(whole, "");
    const { LD_LIBRARY_PATH = "" } = process.env;
    return { executablePath, env: { LD_LIBRARY_PATH, FONTCONFIG_PATH: writeFontConfiguration(directory) } };
  } finally {
    // Nothing but the browser shall see these.
    for (const name of ["TMPDIR", "AWS_EXECUTION_ENV", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "HOME"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

export async function findBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return { executablePath: named };
  const own = chromium.executablePath();
  if (existsSync(own)) return { executablePath: own };
  const installed = installedPlaces().find(works);
  if (installed) return { executablePath: installed };
  if (process.platform === "linux" && process.arch === "x64") return unpacked();
  throw new Error("The journeys need a browser: install Chrome or Chromium, or run npx playwright install chromium.");
}
