/** podman and buildah of this machine, with everything that they keep below one directory. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";

/** `out`: what it answered; `said`: that, and what it complained of. */
export type Ran = { code: number; out: string; said: string };

/** Runs a program, with its output kept; shown and thrown when it fails. */
export function run(
  program: string,
  args: string[],
  { input }: { input?: NodeJS.ReadableStream } = {},
): Promise<string> {
  return ranWith(program, args, input).then(({ code, out, said }) => {
    if (code !== 0) throw new Error(`${program} ${args.join(" ")} failed (exit code ${code}):\n${said.slice(-4_000)}`);
    return out;
  });
}

function ranWith(program: string, args: string[], input?: NodeJS.ReadableStream): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: [input ? "pipe" : "ignore", "pipe", "pipe"] });
    let [out, said] = ["", ""];
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      said += chunk.toString();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    if (child.stdin) input?.pipe(child.stdin);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, out, said }));
  });
}

export class Engine {
  readonly home: string;
  readonly #storage: string[];

  constructor(home: string) {
    this.home = home;
    const part = (name: string) => path.join(home, name);
    for (const name of ["store", "run", "networks", "tmp"]) mkdirSync(part(name), { recursive: true });
    this.#storage = ["--root", part("store"), "--runroot", part("run"), "--storage-driver", storageDriver(home)];
  }

  get #global(): string[] {
    const part = (name: string) => path.join(this.home, name);
    const own = ["--network-config-dir", part("networks"), "--tmpdir", part("tmp"), "--cgroup-manager=cgroupfs"];
    return [...this.#storage, ...own];
  }

  podman(...args: string[]): Promise<string> {
    return run("podman", [...this.#global, ...args]);
  }

  /** Like `podman`, without an error when it fails. */
  tryPodman(...args: string[]): Promise<Ran> {
    return ranWith("podman", [...this.#global, ...args]);
  }

  /** Makes an image of a directory. */
  async importTree(directory: string, name: string, changes: string[] = []): Promise<void> {
    const tar = spawn("tar", ["-C", directory, "--numeric-owner", "-c", "."], { stdio: ["ignore", "pipe", "inherit"] });
    const changing = changes.flatMap((change) => ["--change", change]);
    await run("podman", [...this.#global, "import", ...changing, "-", name], { input: tar.stdout });
  }

  /** Builds a target of a Dockerfile, in the `docker` format, which knows health checks. */
  build(context: string, dockerfile: string, tag: string, more: string[]): Promise<string> {
    const how = ["--format", "docker", "--isolation", "chroot", "--network", "host", "--layers", "--pull-never"];
    return run("buildah", [...this.#storage, "bud", ...how, "-f", dockerfile, "-t", tag, ...more, context]);
  }

  async has(image: string): Promise<boolean> {
    return (await this.tryPodman("image", "exists", image)).code === 0;
  }

  /** Ends and removes containers, their volumes and networks, whatever state they are in. */
  async stop(): Promise<void> {
    await this.tryPodman("rm", "--all", "--force", "--time", "0");
    await this.tryPodman("volume", "prune", "--force");
    await this.tryPodman("network", "prune", "--force");
  }

  /** Removes the images, with what is mounted of them. */
  async forget(): Promise<void> {
    await this.tryPodman("system", "reset", "--force");
  }
}

/** Layers as layers where the kernel mounts them here, else as whole copies. */
function storageDriver(home: string): "overlay" | "vfs" {
  const part = (name: string) => path.join(home, "probe", name);
  for (const name of ["lower", "upper", "work", "merged"]) mkdirSync(part(name), { recursive: true });
  const options = `lowerdir=${part("lower")},upperdir=${part("upper")},workdir=${part("work")}`;
  if (spawnSync("mount", ["-t", "overlay", "overlay", "-o", options, part("merged")]).status !== 0) return "vfs";
  spawnSync("umount", [part("merged")]);
  return "overlay";
}
