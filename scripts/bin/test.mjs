#!/usr/bin/env node
/** `npm test`: prepares the checkout, then runs test.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("test");
