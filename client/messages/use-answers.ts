"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMarks } from "#client/messages/use-marks.ts";
import { pagedStateOf } from "#client/query-state.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";
import type { AnswerOutput, OwnAnswer, VoterCursor } from "#contracts/messages/answers.ts";
import type { Message } from "#contracts/messages/message.ts";

type MessageRef = { conversationId: string; seq: number };

const nothing = { choices: [], entries: [] };

/** What I answered to a poll or sign-up, on whichever device. `seq`: null until it is stored. */
export function useOwnAnswer(conversationId: string, seq: number | null): Omit<OwnAnswer, "seq"> {
  return useMarks(conversationId).answers.get(seq ?? 0) ?? nothing;
}

/** The right answer of a quiz, asked for when I may know it. */
export function useQuizAnswer({ conversationId, seq }: MessageRef, enabled: boolean) {
  const options = useTRPC().messages.quizAnswer.queryOptions({ conversationId, seq });
  return useQuery({ ...options, enabled, staleTime: Number.POSITIVE_INFINITY }).data ?? null;
}

const entriesKey = ({ conversationId, seq }: MessageRef) => ["entries", conversationId, seq];

/** Answers, and the end of the answering. Each result is applied as its events, so it shows while the worker is down. */
export function useAnswerChanges({ conversationId, seq }: MessageRef) {
  const api = useTRPCClient();
  const client = useQueryClient();
  const { realtime } = useRealtime();
  const tell = async (message: Message) => {
    const event = {
      scope: "conversation",
      type: "message.changed",
      conversationId,
      rev: message.rev,
      message,
    } as const;
    await realtime.receive(event).catch(() => {}); // the gap that could not be closed now is closed later
  };
  const onSuccess = async ({ message, rev, answer }: AnswerOutput) => {
    void client.invalidateQueries({ queryKey: entriesKey({ conversationId, seq }) });
    const event = { scope: "person", type: "answer.changed", rev, conversationId, answer } as const;
    await realtime.receive(event).catch(() => {});
    await tell(message);
  };
  const vote = useMutation({
    mutationFn: (choices: number[]) => api.messages.vote.mutate({ conversationId, seq, choices }),
    onSuccess,
  });
  const signUp = useMutation({
    mutationFn: (entry: { entryId: string; text: string }) =>
      api.messages.signUp.mutate({ conversationId, seq, ...entry }),
    onSuccess,
  });
  const removeEntry = useMutation({
    mutationFn: (entryId: string) => api.messages.removeEntry.mutate({ conversationId, seq, entryId }),
    onSuccess,
  });
  const close = useMutation({
    mutationFn: () => api.messages.closeAnswers.mutate({ conversationId, seq }),
    onSuccess: ({ message }) => tell(message),
  });
  return { vote, signUp, removeEntry, close };
}

/** Who voted for an option, as it was when the list was opened. */
export function useVoters({ conversationId, seq }: MessageRef, option: number) {
  const api = useTRPCClient();
  const first: VoterCursor | null = null;
  const query = useInfiniteQuery({
    queryKey: ["voters", conversationId, seq, option],
    queryFn: ({ pageParam }) =>
      api.messages.voters.query({ conversationId, seq, option, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: first as VoterCursor | null, // the type of a literal null is null
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  return { voters: query.data?.pages.flatMap((page) => page.voters) ?? [], ...pagedStateOf(query) };
}

/** The entries of a sign-up, as they were when the list was opened, and after each change of mine. */
export function useEntries({ conversationId, seq }: MessageRef) {
  const api = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: entriesKey({ conversationId, seq }),
    queryFn: ({ pageParam }) =>
      api.messages.entries.query({ conversationId, seq, ...(pageParam > 0 ? { after: pageParam } : {}) }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  return { entries: query.data?.pages.flatMap((page) => page.entries) ?? [], ...pagedStateOf(query) };
}
