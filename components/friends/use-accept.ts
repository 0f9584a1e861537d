"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { useAcceptFriend } from "#client/friends/use-friend-mutations.ts";
import { openChat } from "#components/conversations/chat-link.tsx";
import { conversationPath, isChatRoute } from "#components/conversations/chat-route.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

/** Accepts a friend request, says so, and opens the chat with the new friend. `onLeave` is called before that. */
export function useAccept(onLeave?: () => void) {
  const t = useTranslations("friends");
  const nameOf = useDisplayName();
  const router = useRouter();
  const showError = useShowError();
  const { mutateAsync, isPending } = useAcceptFriend();
  const accept = async (person: Person) => {
    // What asked for it, the row of the request, is gone by the answer, and with it the callbacks of `mutate`.
    const { conversationId } = await mutateAsync({ personId: person.id });
    toast.success(t("outcome.accepted", { name: nameOf(person) }));
    onLeave?.();
    const path = conversationPath(conversationId);
    if (isChatRoute(window.location.pathname)) openChat(path);
    else router.push(path);
  };
  return { isPending, accept: (person: Person) => void accept(person).catch(showError) };
}
