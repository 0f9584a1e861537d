"use client";

import { createLocalStore } from "#client/local-store.ts";
import { useRecentOnes } from "#client/use-recent-ones.ts";

const store = createLocalStore("stickers/");

/** The ids of the stickers that were sent last from this browser: two rows on a phone. */
export const useRecents = () => useRecentOnes(store, 24);
