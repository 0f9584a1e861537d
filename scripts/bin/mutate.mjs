#!/usr/bin/env node
/** `npm run mutate`: prepares the checkout, then runs mutate.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("mutate");
