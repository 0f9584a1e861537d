/**
 * `npm run doctor`: looks at this machine and this configuration the way a helpful colleague would, and says for each
 * finding what to do. Reads the environment and `.env`; changes nothing, except that it starts the built-in Postgres
 * for a moment when that is the one in use. With `-- --counters` it also recomputes every stored counter, which reads all
 * messages. Exit code 1 when something would keep IMChat from working, or a counter disagrees.
 */
import { appsOf } from "#realtime/pusher/apps-file.ts";
import { warningsOf } from "#realtime/pusher/read-apps.ts";
import { openDatabase, whyUnreachable } from "#scripts/database.ts";
import { hearsNotifications, pooledBecause } from "#scripts/listen-check.ts";
import { pendingMigrations } from "#scripts/migrate.ts";
import { isTaken } from "#scripts/ports.ts";
import { secretNames } from "#scripts/secrets.ts";
import { readSettings, type Settings } from "#scripts/settings.ts";
import { answers } from "#scripts/wait.ts";
import { readCounterFaults } from "#server/counters/store.ts";
import { openSql } from "#server/db/sql.ts";
import { EnvironmentError, parseEnv } from "#server/env.ts";
import { readSearchLag } from "#server/messages/search/indexing/lag.ts";
import { readLedgerFaults } from "#server/wallet/store.ts";

type Finding = { level: "ok" | "warn" | "fail"; text: string };
const ok = (text: string): Finding => ({ level: "ok", text });
const warn = (text: string): Finding => ({ level: "warn", text });
const fail = (text: string): Finding => ({ level: "fail", text });

/** Longer than the index is behind in a second of many messages. */
const searchLagSeconds = 60;

/** The oldest Node that still gets security fixes; older ones work as far as prepare.mjs lets them. */
const oldestMaintained = 22;

function checkNode(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= oldestMaintained) return ok(`Node ${process.versions.node}`);
  return warn(`Node ${process.versions.node} works, but gets no security fixes any more. Install Node 24.`);
}

async function checkPorts({ port, workerPort, jobsPort }: Settings): Promise<Finding[]> {
  const look = async (name: string, number: number, health: string): Promise<Finding> => {
    if (!(await isTaken(number))) return ok(`port ${number} (${name}) is free`);
    if (await answers(`http://127.0.0.1:${number}${health}`))
      return ok(`port ${number} (${name}): IMChat answers there`);
    return fail(`port ${number} is used by another program. Stop that one, or set ${name} to another port.`);
  };
  return [
    await look("PORT", port, "/api/health"),
    await look("WORKER_PORT", workerPort, "/readyz"),
    await look("JOBS_PORT", jobsPort, "/readyz"),
  ];
}

async function checkDatabase(url: string, direct: string): Promise<Finding[]> {
  const problem = (await whyUnreachable(url)) ?? (direct === url ? undefined : await whyUnreachable(direct));
  if (problem) return [fail(problem)];
  const findings: Finding[] = [ok(`the database answers (${new URL(url).hostname})`)];
  const pooled = pooledBecause(direct);
  const advice = "Set DATABASE_URL_DIRECT to the direct (not pooled) address of the same database.";
  if (pooled) findings.push(fail(`The address for LISTEN goes through a connection pooler (${pooled}). ${advice}`));
  if (await hearsNotifications(direct)) findings.push(ok("LISTEN hears NOTIFY"));
  else
    findings.push(
      fail(`LISTEN was accepted, but a NOTIFY did not arrive within 2 s: a pooler is in between. ${advice}`),
    );
  try {
    const pending = await pendingMigrations(direct);
    const list = pending.join(", ");
    if (pending.length === 0) {
      findings.push(ok("all migrations are applied"), await checkCoins(direct), await checkSearch(direct));
      if (process.argv.includes("--counters")) findings.push(await checkCounters(direct));
    } else findings.push(warn(`migrations to apply: ${list}. npm start does it; elsewhere: npm run db:deploy`));
  } catch (error) {
    findings.push(fail(error instanceof Error ? error.message : String(error)));
  }
  return findings;
}

/** Looks at every transfer of play credits there ever was. */
async function checkCoins(url: string): Promise<Finding> {
  const sql = openSql(url, 1);
  try {
    const { transfers, wallets, packets } = await readLedgerFaults(sql);
    if (transfers + wallets + packets === 0) return ok("the ledger of coins sums to zero, and every balance with it");
    return fail(
      `The ledger of coins does not add up: ${transfers} transfers, ${wallets} balances, ${packets} red packets. ` +
        "These tables were changed by hand; restore them from a backup.",
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** How far the index of messages is behind. */
async function checkSearch(url: string): Promise<Finding> {
  // As long as it takes, as for the counters.
  const sql = openSql(url, 1);
  try {
    await sql`set statement_timeout = 0`;
    const { waiting, seconds, outdated, missing } = await readSearchLag(sql);
    if (missing > 0) return fail(`${missing} conversations have messages that no search finds and that do not wait.`);
    if (outdated > 0) return ok(`search: ${outdated} conversations are being indexed anew, and are found meanwhile`);
    if (seconds <= searchLagSeconds) return ok("search: every message is indexed, or about to be");
    return warn(
      `search: ${waiting} conversations wait to be indexed, since ${seconds} s. The jobs process does it: is it running?`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Every member, message, mark, reaction and mention is counted anew. */
async function checkCounters(url: string): Promise<Finding> {
  // As long as it takes: nothing waits for the answer but its reader.
  const sql = openSql(url, 1);
  try {
    await sql`set statement_timeout = 0`;
    const wrong = Object.entries(await readCounterFaults(sql)).filter(([, count]) => count > 0);
    if (wrong.length === 0) return ok("every stored counter is what its rows add up to");
    const list = wrong.map(([name, count]) => `${name}: ${count}`).join(", ");
    return fail(
      `Counters disagree with their rows (${list}). These tables were changed by hand; restore them from a backup.`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function checkEnvironment(settings: Settings, database: Record<string, string>): Finding[] {
  try {
    const env = parseEnv({ ...process.env, ...settings.environment, ...database });
    const secrets = settings.local
      ? ok(`secrets: made for this machine (.data/secrets.json)`)
      : ok(`secrets: ${secretNames.join(", ")} are set and long enough`);
    const findings = [secrets];
    const apps = appsOf(env);
    if (apps.length > 0) findings.push(ok(`${apps.length} app${apps.length === 1 ? "" : "s"} of other backends`));
    findings.push(...warningsOf(apps).map(warn));
    if (env.nextauthUrl?.startsWith("http:") && new URL(env.nextauthUrl).hostname !== "localhost") {
      findings.push(warn("NEXTAUTH_URL is http: cookies and messages travel unprotected. Use https."));
    }
    if (env.production && env.trustedProxies === 0) {
      findings.push(
        warn(
          "TRUSTED_PROXIES is 0: behind a proxy all visitors would count as one. Say how many proxies stand in front.",
        ),
      );
    }
    if (env.realtimeUrl?.startsWith("ws:") && env.nextauthUrl?.startsWith("https:")) {
      findings.push(fail("REALTIME_URL is ws: while the pages are https: browsers refuse that. Use wss."));
    }
    if (env.mediaUrl?.startsWith("http:") && env.nextauthUrl?.startsWith("https:")) {
      findings.push(fail("MEDIA_URL is http: while the pages are https: browsers refuse that. Use https."));
    }
    if (env.production && env.storage.type === "s3" && !env.mediaUrl) {
      findings.push(warn("MEDIA_URL is not set: with a bucket too, browsers look at files through the jobs process."));
    }
    return findings;
  } catch (error) {
    if (error instanceof EnvironmentError) return [fail(error.message)];
    throw error;
  }
}

async function examine(): Promise<Finding[]> {
  const settings = readSettings();
  const findings = [checkNode(), ...(await checkPorts(settings))];
  if (settings.databaseUrl) {
    const direct = process.env.DATABASE_URL_DIRECT || settings.databaseUrl;
    findings.push(...(await checkDatabase(settings.databaseUrl, direct)));
    return [...findings, ...checkEnvironment(settings, {})];
  }
  const database = await openDatabase(undefined);
  try {
    // Its roles may not be made yet, and nothing is changed here.
    const { ownerUrl: DATABASE_URL } = database;
    findings.push(ok("the built-in Postgres runs (no DATABASE_URL is set)"));
    findings.push(...(await checkDatabase(DATABASE_URL, DATABASE_URL)));
    return [...findings, ...checkEnvironment(settings, { DATABASE_URL })];
  } finally {
    await database.stop();
  }
}

const findings = await examine().catch((error: unknown) => [
  fail(error instanceof Error ? error.message : String(error)),
]);
for (const { level, text } of findings) console.log(`${level.padEnd(5)} ${text.replaceAll("\n", "\n      ")}`);
const failed = findings.filter(({ level }) => level === "fail").length;
console.log(failed === 0 ? "\nIMChat can run here." : `\n${failed} thing${failed === 1 ? "" : "s"} to repair.`);
process.exitCode = failed === 0 ? 0 : 1;
