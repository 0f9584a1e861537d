#!/usr/bin/env node
/** `npm start`: prepares the checkout, then runs start.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("start");
