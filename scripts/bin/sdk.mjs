#!/usr/bin/env node
/** `npm run test:sdk`: prepares the checkout, then runs sdk.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("sdk");
