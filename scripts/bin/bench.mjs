#!/usr/bin/env node
/** `npm run bench`: prepares the checkout, then runs bench.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("bench");
