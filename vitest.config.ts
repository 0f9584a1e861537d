import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/_database.ts"],
    setupFiles: ["tests/_database-file.ts"],
    pool: "forks",
    maxWorkers: 2,
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Waiting ends when the thing is there. A second, the default, is less than a busy machine needs.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    // An empty run is a broken run: scripts/test.ts says so, and so does vitest on its own.
    passWithNoTests: false,
  },
});
