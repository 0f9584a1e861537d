"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";
import type { StickerList } from "#contracts/stickers.ts";

const nothing: StickerList = { packs: [], favourites: [] };

/**
 * My stickers. They change only when I change them, here or on another device, so opening a page fetches them again.
 */
export function useStickers() {
  const query = useQuery(useTRPC().stickers.list.queryOptions());
  const { packs, favourites } = query.data ?? nothing;
  return { packs, favourites, ...stateOf(query) };
}

/** A pack that a message belongs to. */
export function useStickerPack(packId: string) {
  const query = useQuery(useTRPC().stickers.pack.queryOptions({ packId }));
  return { pack: query.data, ...stateOf(query) };
}

/** Stickers have no events: a change refetches them. */
function useAgain() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.stickers.list.queryFilter());
      await queryClient.invalidateQueries(trpc.stickers.pack.pathFilter());
    },
  };
}

export const useAddPack = () => useMutation(useTRPC().stickers.addPack.mutationOptions(useAgain()));
export const useInstallPack = () => useMutation(useTRPC().stickers.installPack.mutationOptions(useAgain()));
export const useRemovePack = () => useMutation(useTRPC().stickers.removePack.mutationOptions(useAgain()));
export const useFavourite = () => useMutation(useTRPC().stickers.favourite.mutationOptions(useAgain()));
export const useUnfavourite = () => useMutation(useTRPC().stickers.unfavourite.mutationOptions(useAgain()));
