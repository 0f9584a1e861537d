/** Who is asking. Every operation that needs a person takes it first; it comes from a checked session, never from input. */
export type Me = { personId: string; sessionId: string };
