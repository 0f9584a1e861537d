import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { id, optionalLine, positive } from "#contracts/text.ts";

/** 红包. Made by its own verb, which moves the money; what is taken and by whom is asked for by `packetId`. */
export const redPacket = {
  schema: z.object({
    kind: z.literal("red_packet"),
    packetId: id,
    greeting: optionalLine(limits.redPacket.greeting),
    /** `equal` 普通, `random` 拼手气. */
    split: z.enum(["equal", "random"]),
    shares: positive,
  }),
  preview: (content: { greeting: string }) => `[Red packet] ${content.greeting}`,
};
