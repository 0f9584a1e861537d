#!/usr/bin/env node
/** `npm run db:migrate`, `npm run db:diff`: prepares the checkout, then runs db.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("db");
