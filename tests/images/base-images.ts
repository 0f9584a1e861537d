/** The three images that ours begin from, made of what this machine has: nothing can be pulled. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { findBinaries } from "#scripts/postgres-binaries.ts";
import { type Engine, run } from "#tests/images/engine.ts";

function textOf(program: string, ...args: string[]): string {
  return spawnSync(program, args, { encoding: "utf8" }).stdout.trim();
}

/** The release of this machine's Debian, and where its own apt gets it from. */
function source(): { release: string; address: string } {
  const release = /^VERSION_CODENAME=(.+)$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "";
  const targets = textOf("apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)", "Created-By: Packages");
  const line = targets.split("\n").find((entry) => entry.startsWith(`${release} `));
  if (!line) throw new Error(`apt knows no source of ${release}. Run apt-get update once.`);
  return { release, address: line.slice(release.length + 1) };
}

/** Who the machine trusts, where its own clients were told so; else Debian's list. */
function certificates(): string | undefined {
  const file = process.env.NODE_EXTRA_CA_CERTS ?? process.env.SSL_CERT_FILE;
  return file && existsSync(file) ? file : undefined;
}

const certificatesInside = "/usr/local/share/machine-certificates.crt";

async function makeDebian(directory: string): Promise<void> {
  const { release, address } = source();
  await run("debootstrap", ["--variant=minbase", "--include=ca-certificates", release, directory, address]);
  const file = certificates();
  if (file) cpSync(realpathSync(file), path.join(directory, certificatesInside));
}

/** `node:22-slim`: this machine's Node and npm, and the user `node`. */
function addNode(root: string): void {
  const npm = path.resolve(realpathSync(textOf("sh", "-c", "command -v npm")), "../..");
  cpSync(process.execPath, path.join(root, "usr/local/bin/node"));
  cpSync(npm, path.join(root, "usr/local/lib/node_modules/npm"), { recursive: true, verbatimSymlinks: true });
  for (const name of ["npm", "npx"]) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(root, "usr/local/bin", name));
  }
  const made = spawnSync("chroot", [root, "useradd", "--create-home", "--uid", "1000", "--shell", "/bin/bash", "node"]);
  if (made.status !== 0) throw new Error(`useradd failed: ${made.stderr}`);
}

/** What the entry point of `postgres:18` does with the settings that compose.yaml uses, and no more. */
const postgresEntry = `#!/bin/bash
set -e
export PGDATA=/var/lib/postgresql/18/docker PATH=/usr/local/pgsql/bin:$PATH
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" && chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
  exec setpriv --reuid postgres --regid postgres --clear-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  chmod 700 "$PGDATA"
  initdb -D "$PGDATA" -U "$POSTGRES_USER" --auth-host=scram-sha-256 --auth-local=trust \\
    --locale-provider=builtin --locale=C.UTF-8 --encoding=UTF8 --pwfile=<(printf %s "$POSTGRES_PASSWORD")
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  echo "create database \\"$POSTGRES_DB\\"" | postgres --single -D "$PGDATA" postgres
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
`;
/** The binaries have none of their own. */
const isReady = `#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/5432
`;

function addPostgres(root: string): void {
  const { directory } = findBinaries();
  cpSync(directory, path.join(root, "usr/local/pgsql"), { recursive: true, verbatimSymlinks: true });
  for (const [name, text] of Object.entries({ entrypoint: postgresEntry, pg_isready: isReady })) {
    writeFileSync(path.join(root, "usr/local/bin", name), text);
    chmodSync(path.join(root, "usr/local/bin", name), 0o755);
  }
  const made = spawnSync("chroot", [root, "useradd", "--system", "--uid", "999", "--user-group", "postgres"]);
  if (made.status !== 0) throw new Error(`useradd failed: ${made.stderr}`);
  for (const place of ["var/lib/postgresql", "var/run/postgresql"])
    mkdirSync(path.join(root, place), { recursive: true });
}

const baseImages = ["node:22-slim", "postgres:18", "caddy:2"].map((name) => `docker.io/library/${name}`);

/** Makes and names all three. `say` is told of each. */
export async function makeBaseImages(engine: Engine, say: (line: string) => void): Promise<void> {
  if ((await Promise.all(baseImages.map((name) => engine.has(name)))).every(Boolean)) return say("are there already");
  const trees = mkdtempSync(path.join(engine.home, "trees-"));
  const debian = path.join(trees, "debian");
  await makeDebian(debian);
  const tree = (name: string) => {
    const root = path.join(trees, name);
    const copied = spawnSync("cp", ["--archive", debian, root]);
    if (copied.status !== 0) throw new Error(`cp failed: ${copied.stderr}`);
    return root;
  };
  const node = tree("node");
  addNode(node);
  const trust = certificates() ? [`ENV NODE_EXTRA_CA_CERTS=${certificatesInside}`] : [];
  await engine.importTree(node, "docker.io/library/node:22-slim", [...trust, 'CMD ["node"]']);
  say(`node:22-slim     Debian and Node ${process.version} of this machine`);

  const server = tree("postgres");
  addPostgres(server);
  const entry = ['ENTRYPOINT ["/usr/local/bin/entrypoint"]', "VOLUME /var/lib/postgresql"];
  await engine.importTree(server, "docker.io/library/postgres:18", entry);
  say("postgres:18      Debian and the built-in Postgres, with a small entry point");

  const proxy = tree("caddy");
  cpSync(realpathSync("/usr/bin/caddy"), path.join(proxy, "usr/bin/caddy"));
  await engine.importTree(proxy, "docker.io/library/caddy:2", [
    "ENV XDG_CONFIG_HOME=/config",
    "ENV XDG_DATA_HOME=/data",
    'CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]',
  ]);
  rmSync(trees, { recursive: true, force: true });
  say(`caddy:2          Debian and its caddy, ${textOf("caddy", "version").split(" ")[0]}`);
}
