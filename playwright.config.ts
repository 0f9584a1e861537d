import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { type Browser, findBrowser } from "#scripts/browser.ts";
import { utf8Locale } from "#scripts/locale.mjs";
import { freePort } from "#scripts/ports.ts";

// Playwright reads this file again in each of its processes. What was found first is handed down through the environment.
// Two journeys at once wait for two messengers of their own, because some of them kill its processes.
const atOnce = Math.min(2, availableParallelism());
process.env.IMCHAT_WEB_PORTS ??= JSON.stringify(await Promise.all(Array.from({ length: atOnce }, freePort)));
const ports: number[] = JSON.parse(process.env.IMCHAT_WEB_PORTS);
process.env.IMCHAT_BROWSER ??= JSON.stringify(await findBrowser());
const browser: Browser = JSON.parse(process.env.IMCHAT_BROWSER);

export default defineConfig({
  testDir: "tests/journeys",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/journeys/_setup.ts",
  outputDir: "test-results",
  workers: ports.length,
  retries: 0,
  // Generous: a machine of one slow core is no fault of the messenger.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  globalTimeout: 40 * 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL: `http://localhost:${ports[Number(process.env.TEST_PARALLEL_INDEX || 0)]}`,
    browserName: "chromium",
    locale: "en-GB",
    // Without a film of every page: that costs a third of a core, of two.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: browser.executablePath,
      env: { ...process.env, ...utf8Locale(process.env), ...browser.env },
      // A microphone and a camera that make test signals, and give themselves without asking.
      args: [
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    },
  },
});
