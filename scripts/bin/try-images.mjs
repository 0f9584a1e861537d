#!/usr/bin/env node
/** `npm run try:images`: prepares the checkout, then runs try-images.ts, which says what it does. */
import { prepareAndRun } from "../prepare.mjs";

await prepareAndRun("try-images");
