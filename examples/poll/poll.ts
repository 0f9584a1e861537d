import type { Message } from "#contracts/messages/message.ts";

/** Two custom kinds, under a name of our own. Every other frontend shows their `text`. */
const askType = "com.example.poll";
const voteType = "com.example.poll.vote";

type Ask = { question: string; options: string[] };
type Vote = { poll: number; option: number };
export type Poll = Ask & { seq: number; votes: number[] };

export const askContent = (ask: Ask) => ({
  kind: "custom" as const,
  type: askType,
  payload: ask,
  text: `${ask.question} (${ask.options.map((option, at) => `${at + 1}: ${option}`).join(", ")})`,
});

export const voteContent = (vote: Vote, label: string) => ({
  kind: "custom" as const,
  type: voteType,
  payload: vote,
  text: `Votes for ${label}`,
});

/** Payloads come from other clients: one that does not fit the schema is not ours. */
function readAsk(payload: unknown): Ask | null {
  if (typeof payload !== "object" || payload === null || !("question" in payload) || !("options" in payload))
    return null;
  const { question, options } = payload;
  if (typeof question !== "string" || !Array.isArray(options) || options.length < 2) return null;
  return options.every((option) => typeof option === "string") ? { question, options } : null;
}

function readVote(payload: unknown): Vote | null {
  if (typeof payload !== "object" || payload === null || !("poll" in payload) || !("option" in payload)) return null;
  const { poll, option } = payload;
  return Number.isInteger(poll) && Number.isInteger(option) ? { poll: Number(poll), option: Number(option) } : null;
}

/** The polls of a stretch of messages with their votes: one for each person, the last one counts. */
export function pollsOf(messages: readonly Message[]): Poll[] {
  const polls = new Map<number, Poll>();
  const chosen = new Map<number, Map<string, number>>();
  for (const { seq, senderId, content } of messages) {
    if (content.kind !== "custom") continue;
    const ask = content.type === askType ? readAsk(content.payload) : null;
    if (ask) polls.set(seq, { ...ask, seq, votes: ask.options.map(() => 0) });
    const vote = content.type === voteType ? readVote(content.payload) : null;
    if (vote && polls.get(vote.poll)?.options[vote.option] !== undefined) {
      chosen.set(vote.poll, (chosen.get(vote.poll) ?? new Map()).set(senderId, vote.option));
    }
  }
  for (const [seq, votes] of chosen) {
    const poll = polls.get(seq);
    for (const option of votes.values()) if (poll) poll.votes[option] = (poll.votes[option] ?? 0) + 1;
  }
  return [...polls.values()];
}

/** The face of a poll in a terminal. */
export function drawPoll({ seq, question, options, votes }: Poll): string {
  const most = Math.max(1, ...votes);
  const longest = Math.max(...options.map((option) => option.length));
  const lines = options.map((option, at) => {
    const count = votes[at] ?? 0;
    return `  ${at + 1} ${option.padEnd(longest)} ${"█".repeat(Math.round((count / most) * 20))} ${count}`.trimEnd();
  });
  return [`#${seq} ${question}`, ...lines].join("\n");
}
