/** The services of compose.yaml as containers that run. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { patiently } from "#tests/images/claims.ts";
import type { Service } from "#tests/images/compose-file.ts";
import type { Engine } from "#tests/images/engine.ts";

/** What a process without CAP_SYS_RESOURCE may ask for. */
const bounds = ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"];

export class Containers {
  readonly #engine: Engine;
  readonly #imageOf: (service: Service) => string;
  readonly #hostPorts: Record<number, number>;
  readonly #running = new Map<string, Service>();

  constructor(engine: Engine, imageOf: (service: Service) => string, hostPorts: Record<number, number>) {
    this.#engine = engine;
    this.#imageOf = imageOf;
    this.#hostPorts = hostPorts;
  }

  /** Resolves when it may be depended on: healthy, or done where it ends by itself. */
  async start(service: Service): Promise<void> {
    const { name, args, command, configs, ports, replicas } = service;
    const files = configs.flatMap(({ content, target }) => {
      const file = path.join(mkdtempSync(path.join(this.#engine.home, "config-")), "file");
      writeFileSync(file, content);
      return ["--volume", `${file}:${target}:ro`];
    });
    const published = ports.flatMap(([host, inside]) => ["--publish", `127.0.0.1:${this.#hostPorts[host]}:${inside}`]);
    const ends = name === "migrate";
    for (let n = 1; n <= replicas; n += 1) {
      const own = ["--name", `${name}-${n}`, "--network-alias", name, ...bounds, ...(ends ? ["--rm"] : ["--detach"])];
      await this.#engine.podman("run", ...own, ...args, ...files, ...published, this.#imageOf(service), ...command);
      if (!ends) this.#running.set(`${name}-${n}`, service);
    }
    if (!ends) await this.#healthy(name);
  }

  #names(name: string): string[] {
    return [...this.#running].flatMap(([container, service]) => (service.name === name ? [container] : []));
  }

  /** Asks what compose.yaml asks, or the HEALTHCHECK of the image. */
  async #healthy(name: string): Promise<void> {
    for (const container of this.#names(name)) {
      const check = this.#running.get(container)?.healthcheck;
      await patiently(`${container} to be healthy`, async () => {
        const { code, said } = check
          ? await this.#engine.tryPodman("exec", container, ...check)
          : await this.#engine.tryPodman("healthcheck", "run", container);
        // An image without a check is healthy when it runs.
        if (code !== 0 && !said.includes("no defined healthcheck")) throw new Error(said.trim().slice(-300));
      });
    }
  }

  async #pidOf(container: string): Promise<number> {
    return Number((await this.#engine.podman("inspect", "--format", "{{.State.Pid}}", container)).trim());
  }

  /** Kills the first process of one container, as a crash would, and says how it came back. */
  async kill(name: string): Promise<string> {
    const [container = ""] = this.#names(name);
    const pid = await this.#pidOf(container);
    const began = Date.now();
    process.kill(pid, "SIGKILL");
    const isBack = async () => {
      const now = await this.#pidOf(container);
      if (now === 0 || now === pid) throw new Error("it did not start again");
    };
    const byItself = await patiently(container, isBack, 10_000).then(
      () => true,
      () => false,
    );
    if (!byItself) await this.#engine.podman("start", container);
    await this.#healthy(name);
    const how = byItself ? "started again by its restart policy" : "started again by hand";
    return `${how}, healthy after ${((Date.now() - began) / 1000).toFixed(1)} s`;
  }

  /** Tells every container of a service to stop, within the grace that compose.yaml gives. */
  async stop(name: string): Promise<string> {
    const codes: string[] = [];
    for (const container of this.#names(name)) {
      await this.#engine.podman("stop", container);
      codes.push((await this.#engine.podman("inspect", "--format", "{{.State.ExitCode}}", container)).trim());
    }
    return `exit code ${codes.join(", ")}`;
  }

  /**
   * What the kernel says of each container: its user, capabilities, new privileges, and whether its root can be written
   * to.
   */
  async hardening(): Promise<string[]> {
    const lines: string[] = [];
    for (const container of this.#running.keys()) {
      const pid = await this.#pidOf(container);
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const of = (field: string) => new RegExp(`^${field}:\\s+(\\S+)`, "m").exec(status)?.[1] ?? "?";
      const mounts = readFileSync(`/proc/${pid}/mountinfo`, "utf8").split("\n");
      const rootMount = mounts.find((line) => line.split(" ")[4] === "/")?.split(" ")[5] ?? "";
      const root = rootMount.split(",").includes("ro") ? "read-only" : "WRITABLE";
      lines.push(
        `${container.padEnd(10)} user ${of("Uid").padEnd(5)} may gain ${of("CapBnd")}, has ${of("CapEff")}, no new privileges ${of("NoNewPrivs")}, root ${root}`,
      );
    }
    return lines;
  }

  async lastLines(): Promise<string> {
    const parts: string[] = [];
    for (const container of this.#running.keys()) {
      const { said } = await this.#engine.tryPodman("logs", "--tail", "15", container);
      parts.push(`── ${container}\n${said}`);
    }
    return parts.join("\n");
  }
}
