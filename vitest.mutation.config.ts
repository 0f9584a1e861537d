import { defineConfig } from "vitest/config";
import type { Reporter, Vitest } from "vitest/node";

/** The configuration of `npm run mutate`: the tests of one area, without Postgres where they need none. */
const { include, database } = JSON.parse(process.env.MUTATION_TESTS || "{}") as {
  include: string[];
  database: boolean;
};

/**
 * A test file that cannot be loaded, for example because a change makes an import throw, has no test that could fail,
 * and Stryker takes it for passed (stryker-js issue 6150, in 9.6.1). As an error of the run it is noticed.
 */
function loadErrors(): Reporter {
  let vitest: Vitest | undefined;
  return {
    onInit: (started) => {
      vitest = started;
    },
    onTestModuleEnd: (file) => {
      for (const error of file.errors()) vitest?.state.catchError(error, "Unhandled Error");
    },
  };
}

export default defineConfig({
  test: {
    include,
    reporters: [loadErrors()],
    ...(database ? { globalSetup: ["tests/_database.ts"], setupFiles: ["tests/_database-file.ts"] } : {}),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A change that is noticed by waiting in vain is waited for this long.
    expect: { poll: { timeout: database ? 5_000 : 2_000, interval: 5 } },
    passWithNoTests: false,
  },
});
