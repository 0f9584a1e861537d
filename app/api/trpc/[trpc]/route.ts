import { handleTrpc } from "#server/trpc/http.ts";

export { handleTrpc as GET, handleTrpc as OPTIONS, handleTrpc as POST };
