"use client";

import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { stateOf } from "#client/query-state.ts";
import { QueryView } from "#components/ui/query-view.tsx";

type LazyProps<P> = {
  /** One of a kind. */
  name: string;
  load: () => Promise<ComponentType<P>>;
  props: P;
};

/**
 * A component whose code is fetched when it is first shown. When that fails it says so and offers to try again; React's
 * own way would break the page around it.
 */
export function LazyView<P extends object>({ name, load, props }: LazyProps<P>) {
  const query = useQuery({
    queryKey: ["code", name],
    queryFn: async () => ({ View: await load() }),
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const { status, retry } = stateOf(query);
  return (
    <QueryView status={status} retry={retry}>
      {query.data ? <query.data.View {...props} /> : null}
    </QueryView>
  );
}
