#!/usr/bin/env node
/** `npm run dev`: prepares the checkout, then runs dev.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("dev");
