import { initTRPC, TRPCError } from "@trpc/server";
import { type RefusalData, refusals } from "#contracts/refusals.ts";
import { Refusal } from "#server/refusal.ts";
import type { Context } from "#server/trpc/context.ts";
import { explain } from "#server/trpc/explain.ts";
import { nameError } from "#server/trpc/name-error.ts";

/** `idempotent`: running it twice has the effect of once, so a client may send it over the socket and again over HTTP. */
type Meta = { idempotent?: true };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    /** The message is the reason code, never what an exception said; there is no stack on the wire. */
    errorFormatter: ({ shape, error, ctx }) => {
      // What tRPC itself says no to (no such path, wrong method, a body that is not JSON) carries no cause of ours.
      const ours = error.cause !== undefined || error.code === "INTERNAL_SERVER_ERROR";
      const said = ours ? explain(error) : { reason: "invalid_input" as const, params: {} };
      const data: RefusalData & { code: string; httpStatus: number } = {
        ...said,
        requestId: ctx?.requestId ?? "",
        code: error.code,
        httpStatus: shape.data.httpStatus,
      };
      return { code: shape.code, message: said.reason, data };
    },
  });

/** The only maker of TRPCErrors: a refusal becomes its code, a bug is logged with its stack. */
const answer = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const cause = result.error.cause ?? result.error;
  const { reason } = nameError(result.error, { path, requestId: ctx.requestId, personId: await personOf(ctx) });
  return { ...result, error: new TRPCError({ code: refusals[reason], message: reason, cause }) };
});

/** For the log; what could not be found out stays out of it. */
const personOf = (ctx: Context) =>
  ctx.findMe().then(
    (me) => me?.personId,
    () => undefined,
  );

const requireMe = t.middleware(async ({ ctx, next }) => {
  const me = await ctx.findMe();
  if (!me) throw new Refusal("unauthenticated");
  return next({ ctx: { ...ctx, me } });
});

export const router = t.router;
/** One address for procedures of several routers. */
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;
/** The default: signed in or refused. */
export const procedure = t.procedure.use(answer).use(requireMe);
/** A procedure that may also be called over the socket (`contracts/rpc.ts` lists them). */
export const idempotentProcedure = procedure.meta({ idempotent: true });
/** For the few operations of people who are not signed in; `tests/server/router.test.ts` names them all. */
export const openProcedure = t.procedure.use(answer);
