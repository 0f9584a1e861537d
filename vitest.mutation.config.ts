import { defineConfig } from "vitest/config";

/** The configuration of `npm run mutate`: the tests of one area, without Postgres where they need none. */
const { include, database } = JSON.parse(process.env.MUTATION_TESTS ?? "{}") as {
  include: string[];
  database: boolean;
};

export default defineConfig({
  test: {
    include,
    ...(database ? { globalSetup: ["tests/_database.ts"], setupFiles: ["tests/_database-file.ts"] } : {}),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A change that is noticed by waiting in vain is waited for this long.
    expect: { poll: { timeout: database ? 5_000 : 2_000, interval: 5 } },
    passWithNoTests: false,
  },
});
