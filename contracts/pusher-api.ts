import * as z from "zod/mini";
import { optionalText } from "#contracts/pusher.ts";

/**
 * The bodies of the HTTP API of `pusher` apps: what any Pusher server library posts. Sizes are checked by the worker.
 */
const named = {
  name: z.string(),
  /** An event without data is one with an empty text. */
  data: z.optional(
    z.pipe(
      z.nullish(z.string()),
      z.transform((said) => said ?? ""),
    ),
  ),
  socket_id: optionalText,
  info: optionalText,
};
const channelList = z.union([z.array(z.string()), z.null(), z.literal("")]);
export const triggerBody = z.object({
  ...named,
  channels: z.optional(
    z.pipe(
      channelList,
      z.transform((said) => (said && said.length > 0 ? said : undefined)),
    ),
  ),
  channel: optionalText,
});
export const batchBody = z.object({ batch: z.array(z.object({ ...named, channel: z.string() })) });
