import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { id, optionalLine, positive } from "#contracts/text.ts";

/** 红包. Sent by its own operation, which moves the coins; its state is read by `packetId`. */
export const redPacket = {
  schema: z.object({
    kind: z.literal("red_packet"),
    packetId: id,
    greeting: optionalLine(limits.redPacket.greeting),
    /** `equal` 普通, `random` 拼手气. */
    split: z.enum(["equal", "random"]),
    shares: positive,
  }),
  label: "Red packet",
  forbids: ["recall", "forward"] as const,
  preview: (content: { greeting: string }) => content.greeting,
};
