#!/usr/bin/env node
/** `npm run check`: prepares the checkout, then runs check.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("check");
