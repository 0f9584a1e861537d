import * as contract from "#contracts/links.ts";
import { previewLink } from "#server/links/preview.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const linksRouter = router({
  /** What an address says of itself; `pending` while it is being fetched. */
  preview: procedure
    .input(contract.previewInput)
    .output(contract.previewOutput)
    .query(({ ctx, input }) => previewLink(ctx.me, input.url)),
});
