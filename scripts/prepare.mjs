/**
 * What every command does first: the right Node, the locked packages, the generated Prisma client. Then it hands over to
 * `scripts/<command>.ts` in the same process, so there is no second process to pass signals and exit codes to.
 *
 * Runs before anything is installed, hence plain JavaScript with nothing but Node. Reads package.json, package-lock.json
 * and prisma/schema.prisma; writes node_modules and server/db/generated. Exit code 1 with one plain sentence when
 * something is missing.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { utf8Locale } from "#scripts/locale.mjs";

const root = path.resolve(import.meta.dirname ?? ".", "..");
const oldestNode = [20, 19];

const inRoot = (...parts) => path.join(root, ...parts);
const sha256 = (...files) => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
};
const contentOf = (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(
    `Node ${process.versions.node} is too old: IMChat needs ${oldestNode.join(".")} or newer. Install one from https://nodejs.org.`,
  );
}

/** Runs a program in the repository and waits for it; its output is ours. */
function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    // npm is a .cmd file on Windows, which only a shell can start. The arguments are constants of this file.
    const shell = process.platform === "win32" && command === "npm";
    const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env }, shell });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`"${command} ${args.join(" ")}" failed (exit code ${code}); its message is above.`)),
    );
  });
}

/** Whether what npm says it installed is what the lock asks for: someone may have run `npm ci` on their own. */
function installedMatchesLock() {
  const installed = contentOf(inRoot("node_modules/.package-lock.json"));
  if (!installed) return false;
  const have = JSON.parse(installed).packages;
  const want = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([place, entry]) => place === "" || entry.optional || have[place]?.version === entry.version,
  );
}

async function ensurePackages() {
  const stamp = inRoot("node_modules/.imchat-installed");
  const patches = readdirSync(inRoot("patches")).map((name) => inRoot("patches", name));
  const current = `${sha256(inRoot("package-lock.json"), ...patches)} ${process.platform}-${process.arch}\n`;
  if (contentOf(stamp) === current) return;
  if (!installedMatchesLock()) {
    console.log("Installing the packages (once; about half a minute) …");
    const started = Date.now();
    await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--no-update-notifier"]);
    console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  } else {
    // npm ci does this itself, unless it was told to run no scripts.
    await run(process.execPath, [inRoot("node_modules/patch-package/index.js"), "--error-on-fail"]);
  }
  writeFileSync(stamp, current);
}

async function ensurePrismaClient() {
  const stamp = inRoot("node_modules/.imchat-prisma");
  const schema = inRoot("prisma/schema.prisma");
  if (!existsSync(schema)) return;
  const current = `${sha256(schema, inRoot("node_modules/prisma/package.json"))}\n`;
  if (contentOf(stamp) === current && existsSync(inRoot("server/db/generated/client.ts"))) return;
  console.log("Generating the Prisma client …");
  await run(process.execPath, [inRoot("node_modules/prisma/build/index.js"), "generate", "--no-hints"], {
    // Hides Prisma's announcements of new versions.
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
}

/** Prepares the checkout and runs `scripts/<command>.ts`, which does its work when imported. */
export async function prepareAndRun(command) {
  Object.assign(process.env, utf8Locale(process.env));
  try {
    checkNode();
    process.chdir(root);
    await ensurePackages();
    await ensurePrismaClient();
  } catch (error) {
    console.error(`\n${error.message}`);
    process.exit(1);
  }
  const tsx = inRoot("node_modules/tsx/dist/esm/api/index.mjs");
  const { register } = await import(pathToFileURL(tsx).href);
  register();
  await import(pathToFileURL(inRoot("scripts", `${command}.ts`)).href);
}
