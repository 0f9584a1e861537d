/**
 * `npm run test:sdk`: the Pusher SDKs of Python, Go and Java, as their package managers give them, against our worker
 * with a Postgres of its own. Skips a language that this machine cannot run, and says why. Resolves with whether
 * nothing failed.
 */
import { deployLocally } from "#scripts/deploy.ts";
import { startPostgres } from "#scripts/postgres.ts";
import { testEnvironment } from "#tests/_environment.ts";
import { backendClaims, clientClaims, openScene } from "#tests/sdk/claims.ts";
import { Driver } from "#tests/sdk/driver.ts";
import { type Language, languages } from "#tests/sdk/languages.ts";

const sum = { passed: 0, failed: 0, skipped: 0 };

async function runLanguage({ name, sdks, hasClient, prepare }: Language): Promise<void> {
  console.log(`\n${name} (${sdks})`);
  const ready = prepare();
  if ("lacks" in ready) {
    sum.skipped += 1;
    console.log(`  skipped: ${ready.lacks}`);
    return;
  }
  const scene = await openScene();
  const { id, key, secret } = scene.app;
  const driver = new Driver(ready.command, {
    SDK_HOST: "127.0.0.1",
    SDK_PORT: String(scene.worker.port),
    SDK_APP_ID: id,
    SDK_KEY: key,
    SDK_SECRET: secret,
  });
  try {
    for (const { says, check } of [...backendClaims, ...(hasClient ? clientClaims : [])]) {
      try {
        const more = await check(scene, driver);
        sum.passed += 1;
        console.log(`  ok     ${says}${more ? `: ${more}` : ""}`);
      } catch (error) {
        sum.failed += 1;
        console.log(`  FAILED ${says}: ${error instanceof Error ? error.message : error}`);
      }
    }
  } finally {
    driver.close();
    await scene.close();
  }
}

export async function runSdks(wanted: readonly string[]): Promise<boolean> {
  const postgres = await startPostgres({ ephemeral: true });
  try {
    await deployLocally(postgres.url);
    Object.assign(process.env, testEnvironment(postgres.url));
    for (const language of languages()) {
      if (wanted.length === 0 || wanted.includes(language.name)) await runLanguage(language);
    }
  } finally {
    await postgres.stop();
  }
  console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return sum.failed === 0 && sum.passed + sum.skipped > 0;
}
