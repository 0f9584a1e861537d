"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";
import { newer } from "#client/realtime/newer.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";
import type {
  RescheduleInput,
  ScheduledList,
  ScheduleInput,
  ScheduleOutput,
  UnscheduleOutput,
} from "#contracts/messages/schedule.ts";

const none: ScheduledList = { rev: 0, messages: [] };

/** My scheduled messages of all conversations, the next one first, updated by events. */
export function useScheduled() {
  const query = useQuery({ ...useTRPC().messages.scheduled.queryOptions(), structuralSharing: newer });
  return { messages: (query.data ?? none).messages, ...stateOf(query) };
}

/** What I can do with them. Each answer is applied as its event, so it shows while the worker is down. */
export function useScheduling() {
  const api = useTRPCClient();
  const { realtime } = useRealtime();
  const changed = ({ rev, message }: ScheduleOutput) =>
    realtime.receive({ scope: "person", type: "scheduled_message.changed", rev, message }).catch(() => {});
  const removed = ({ rev }: UnscheduleOutput, { clientId }: { clientId: string }) =>
    realtime.receive({ scope: "person", type: "scheduled_message.removed", rev, clientId }).catch(() => {});
  return {
    schedule: useMutation({
      mutationFn: (input: ScheduleInput) => api.messages.schedule.mutate(input),
      onSuccess: changed,
    }),
    reschedule: useMutation({
      mutationFn: (input: RescheduleInput) => api.messages.reschedule.mutate(input),
      onSuccess: changed,
    }),
    unschedule: useMutation({
      mutationFn: (input: { clientId: string }) => api.messages.unschedule.mutate(input),
      onSuccess: removed,
    }),
    sendNow: useMutation({
      mutationFn: (input: { clientId: string }) => api.messages.sendScheduled.mutate(input),
      onSuccess: removed,
    }),
  };
}
