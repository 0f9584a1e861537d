import { messageSendOutput } from "#contracts/messages/message.ts";
import * as contract from "#contracts/wallet.ts";
import { procedure, router } from "#server/trpc/init.ts";
import { getWallet } from "#server/wallet/get.ts";
import { getPacket } from "#server/wallet/get-packet.ts";
import { walletHistory } from "#server/wallet/history.ts";
import { openPacket } from "#server/wallet/open-packet.ts";
import { sendPacket } from "#server/wallet/send-packet.ts";

export const walletRouter = router({
  /** My balance of play credits, in cents. They have no cash value. */
  get: procedure.output(contract.wallet).query(({ ctx }) => getWallet(ctx.me)),

  /** What moved in my wallet, newest first, page by page. */
  history: procedure
    .input(contract.walletHistoryInput)
    .output(contract.walletHistory)
    .query(({ ctx, input }) => walletHistory(ctx.me, input)),

  /** Sends a red packet with coins of mine; the same `clientId` again answers the first and moves nothing. */
  sendPacket: procedure
    .input(contract.packetSendInput)
    .output(messageSendOutput)
    .mutation(({ ctx, input }) => sendPacket(ctx.me, input)),

  /** Takes a share, or says why there is none for me; with the packet as it is afterwards. */
  openPacket: procedure
    .input(contract.packetInput)
    .output(contract.packetOpenOutput)
    .mutation(({ ctx, input }) => openPacket(ctx.me, input)),

  /** A red packet that I can see: its state, and who took what when. */
  getPacket: procedure
    .input(contract.packetInput)
    .output(contract.packet)
    .query(({ ctx, input }) => getPacket(ctx.me, input)),
});
