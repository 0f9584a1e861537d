"use client";

import { createLocalStore } from "#client/local-store.ts";
import { useRecentOnes } from "#client/use-recent-ones.ts";

const store = createLocalStore("emoji/");

/** The emoji chosen last on this device, as they were chosen: two rows of the widest panel, four on a phone. */
export const useRecentEmoji = () => useRecentOnes(store, 32);
