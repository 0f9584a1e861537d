#!/usr/bin/env node
/** `npm run fuzz:media`: prepares the checkout, then runs fuzz-media.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("fuzz-media");
