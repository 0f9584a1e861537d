import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, id, nameLine, optionalText, positive, time } from "#contracts/text.ts";

const asked = {
  kind: z.literal("signup"),
  title: nameLine(limits.signup.title.max),
  note: optionalText(limits.signup.note.max),
  /** Whether one person may add several entries. */
  several: z.boolean(),
  /** Entries are taken until then; null: until its author closes it. */
  closesAt: z.nullable(time),
};

/** `position`: from 1, by the time at which the entries were added. */
const signupEntry = z.object({ id, position: positive, personId: id, text: z.string() });
export type SignupEntry = z.infer<typeof signupEntry>;

const draft = z.object(asked);

/** A sign-up as its draft has it, without entries. */
export const emptySignup = (asked: z.infer<typeof draft>) => ({ ...asked, closedAt: null, count: 0, entries: [] });

/** 接龙: a list to which people add themselves. What it says of the list is as old as its last change. */
export const signup = {
  draft,
  schema: z.object({
    ...asked,
    /** When its author closed it. */
    closedAt: z.nullable(time),
    /** All entries, and the last `limits.signup.shown` of them in their order. */
    count,
    entries: z.array(signupEntry),
  }),
  label: "Sign-up",
  preview: (content: { title: string }) => content.title,
  searched: ({ title, note }: { title: string; note: string }) => `${title}\n${note}`,
  /** Others get what it is about, and no names. */
  forwards: ({ title, note }: { title: string; note: string }) => ({
    kind: "text" as const,
    text: note === "" ? title : `${title}\n${note}`,
  }),
};
