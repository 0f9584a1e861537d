/**
 * `npm run try:images`: builds the images of `Dockerfile` and `Dockerfile.worker` and runs `compose.yaml` with podman, on a Debian
 * machine without an engine and without a registry of images; docs/images.md says what that needs and what it cannot show.
 *
 * Sends a message and a picture through the proxy, kills each process once, sends again. Listens on loopback alone. Everything
 * is kept below one directory of the system's temporary ones, which is removed at the end. With `--in DIRECTORY` that one is used,
 * images that are there are not made again, and it stays.
 * Exit code 0, or 1 with what went wrong and the last lines of each container.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { freePort } from "#scripts/ports.ts";
import { root } from "#scripts/settings.ts";
import { waitFor } from "#scripts/wait.ts";
import { makeBaseImages } from "#tests/images/base-images.ts";
import { followWithCli, newPair, type Pair, sendPicture, sendText } from "#tests/images/claims.ts";
import { type ComposeFile, readComposeFile, requiredBy, type Service } from "#tests/images/compose-file.ts";
import { Containers } from "#tests/images/containers.ts";
import { Engine, run } from "#tests/images/engine.ts";

const began = Date.now();
const say = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const needed = ["podman", "buildah", "crun", "debootstrap", "caddy", "iptables", "unshare", "setpriv"];

function refuseWithout(): void {
  const missing = needed.filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);
  if (process.platform === "linux" && process.getuid?.() === 0 && missing.length === 0) return;
  throw new Error(
    `This needs root on Debian and its packages podman, buildah, crun, netavark, aardvark-dns, debootstrap, caddy, iptables. ` +
      `Missing: ${missing.join(", ") || "root, or Linux"}.`,
  );
}

/**
 * In a mount namespace of its own: what is mounted ends with the process. There crun also gets along with a machine that has
 * control groups of both versions, which it refuses: the second is taken out of its sight.
 */
function enterNamespace(): void {
  if (process.env.IMCHAT_IMAGES_NAMESPACE) {
    if (existsSync("/sys/fs/cgroup/unified")) spawnSync("umount", ["/sys/fs/cgroup/unified"]);
    return;
  }
  const again = [process.execPath, "scripts/bin/try-images.mjs", ...process.argv.slice(2)];
  const { status } = spawnSync("unshare", ["--mount", "--propagation", "private", ...again], {
    stdio: "inherit",
    env: { ...process.env, IMCHAT_IMAGES_NAMESPACE: "1" },
  });
  process.exit(status ?? 1);
}

/** The checkout as it is committed or staged to be: what a build context is made of, without what is ignored. */
async function copyContext(home: string): Promise<string> {
  const context = path.join(home, "context");
  await run("sh", [
    "-c",
    `rm -rf "$1" && mkdir -p "$1" && git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for f; do [ -e "$f" ] && printf "%s\\0" "$f"; done' sh | tar --null -T - -c | tar -C "$1" -x`,
    "sh",
    context,
  ]);
  return context;
}

async function buildAll(engine: Engine, { services }: ComposeFile): Promise<void> {
  const context = await copyContext(engine.home);
  const npmrc = spawnSync("npm", ["config", "get", "userconfig"], { encoding: "utf8" }).stdout.trim();
  const mounted = existsSync(npmrc) ? ["--volume", `${npmrc}:/root/.npmrc:ro`] : [];
  for (const { name, build } of services) {
    if (!build || name === "migrate") continue;
    const target = build.target ? ["--target", build.target] : [];
    await engine.build(context, path.join(context, build.dockerfile), imageOf(name), [...target, ...mounted]);
    say(`built ${imageOf(name)} (${build.dockerfile}${build.target ? `, ${build.target}` : ""})`);
  }
}

const imageOf = (name: string) => `localhost/imchat-${name === "migrate" ? "web" : name}`;

async function checkOnce(pair: Pair, home: string, when: string): Promise<void> {
  const follower = await followWithCli(pair, home);
  try {
    await sendText(pair, `hello ${when}`);
    await follower.until((line) => line.includes(`hello ${when}`));
    say(`${when}: a message arrived live, a picture came back as ${await sendPicture(pair)}`);
  } finally {
    follower.interrupt();
  }
}

function settingsFor(webPort: number, mediaPort: number): Record<string, string> {
  const required = requiredBy(readFileSync(path.join(root, "compose.yaml"), "utf8"));
  return {
    ...Object.fromEntries(required.map((name) => [name, randomBytes(32).toString("hex")])),
    PUBLIC_URL: `http://localhost:${webPort}`,
    MEDIA_URL: `http://localhost:${mediaPort}`,
  };
}

async function trial(engine: Engine): Promise<void> {
  const [webPort, mediaPort] = [await freePort(), await freePort()];
  const compose = readComposeFile(path.join(root, "compose.yaml"), settingsFor(webPort, mediaPort));
  say("base images:");
  await makeBaseImages(engine, say);
  await buildAll(engine, compose);
  for (const line of (await engine.podman("images", "--format", "{{.Repository}}:{{.Tag}}  {{.Size}}"))
    .trim()
    .split("\n")) {
    if (!line.includes("<none>")) say(`  ${line}`);
  }
  const containers = new Containers(engine, (service: Service) => service.image ?? imageOf(service.name), {
    8080: webPort,
    8081: mediaPort,
  });
  try {
    for (const { name, internal } of compose.networks) {
      await engine.podman("network", "create", ...(internal ? ["--internal"] : []), name);
    }
    for (const service of compose.services) {
      await containers.start(service);
      say(`started ${service.name}${service.replicas > 1 ? ` × ${service.replicas}` : ""}`);
    }
    await waitFor(`http://localhost:${webPort}/api/health`);
    for (const line of await containers.hardening()) say(`  ${line}`);
    const pair = await newPair(`http://localhost:${webPort}`);
    await checkOnce(pair, engine.home, "at first");
    for (const name of ["web", "worker", "jobs", "postgres", "proxy"]) {
      say(`killed ${name}: ${await containers.kill(name)}`);
      await checkOnce(pair, engine.home, `after the kill of ${name}`);
    }
    for (const name of ["web", "worker", "jobs"]) say(`stopped ${name}: ${await containers.stop(name)}`);
  } catch (error) {
    console.error(await containers.lastLines());
    throw error;
  }
}

refuseWithout();
enterNamespace();
process.chdir(root);
const base = existsSync("/var/tmp") ? "/var/tmp" : "/tmp";
const { values } = parseArgs({ options: { in: { type: "string" } } });
const engine = new Engine(values.in ?? mkdtempSync(path.join(base, "imchat-images-")));
const clear = async () => {
  await engine.stop();
  if (values.in) return;
  await engine.forget();
  rmSync(engine.home, { recursive: true, force: true });
};
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void clear().then(() => process.exit(1)));
try {
  await trial(engine);
  say("everything was done");
} catch (error) {
  writeFileSync(1, `\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await clear();
}
