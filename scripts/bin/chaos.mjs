#!/usr/bin/env node
/** `npm run chaos`: prepares the checkout, then runs chaos.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("chaos");
