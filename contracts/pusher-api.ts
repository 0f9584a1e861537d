import * as z from "zod/mini";

/** The bodies of the HTTP API of `pusher` apps: what any Pusher server library posts. Sizes are checked by the worker. */
const named = {
  name: z.string(),
  data: z.string(),
  socket_id: z.optional(z.string()),
  info: z.optional(z.string()),
};
export const triggerBody = z.object({
  ...named,
  channels: z.optional(z.array(z.string())),
  channel: z.optional(z.string()),
});
export const batchBody = z.object({ batch: z.array(z.object({ ...named, channel: z.string() })) });
