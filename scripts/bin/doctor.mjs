#!/usr/bin/env node
/** `npm run doctor`: prepares the checkout, then runs doctor.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("doctor");
