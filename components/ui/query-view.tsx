import type { ReactNode } from "react";
import type { QueryState } from "#client/query-state.ts";
import { ErrorState, LoadingRows } from "#components/ui/states.tsx";

type QueryViewProps = {
  /** `children` also say what is missing. */
  status: QueryState["status"] | "missing";
  retry: () => void;
  children?: ReactNode;
};

/** Grey rows while something loads, an error with a way out when it failed, else `children`. */
export function QueryView({ status, retry, children }: QueryViewProps) {
  if (status === "pending") return <LoadingRows />;
  if (status === "error") return <ErrorState onRetry={retry} />;
  return children;
}
