"use client";

import { MessageCircle, Settings, UserRound, UsersRound } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useCommunityList } from "#client/communities/use-community-list.ts";
import { useUnreadTotal } from "#client/conversations/use-unread-total.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { chatRouteOf } from "#components/conversations/chat-route.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { Badge } from "#components/ui/badge.tsx";

/** How many things wait for me behind each tab. */
function useWaiting() {
  const { requests } = useFriendList();
  const { requests: joins } = useCommunityList();
  return {
    unread: useUnreadTotal(),
    requests: requests.filter(({ direction }) => direction === "received").length,
    joins: joins.filter(({ direction, status }) => direction === "received" && status === "pending").length,
  };
}

export function Navigation() {
  const t = useTranslations("nav");
  const pathname = usePathname();
  const me = useMe();
  const profiles = useTranslations("profiles");
  const show = useShowProfile();
  const waiting = useWaiting();
  // An open conversation has the whole phone.
  const hiddenOnPhone = chatRouteOf(pathname).conversationId !== null;
  return (
    <nav
      aria-label={t("label")}
      className={`safe-bottom shrink-0 border-line bg-surface max-sm:border-t sm:w-23 sm:border-e ${hiddenOnPhone ? "max-sm:hidden" : ""}`}
    >
      <ul className="flex sm:h-full sm:flex-col sm:gap-1 sm:p-2">
        <Tab href="/c" label={t("chats")} icon={<MessageCircle aria-hidden />} count={waiting.unread} />
        <Tab href="/friends" label={t("friends")} icon={<UserRound aria-hidden />} count={waiting.requests} />
        <Tab href="/communities" label={t("communities")} icon={<UsersRound aria-hidden />} count={waiting.joins} />
        <li aria-hidden className="max-sm:hidden sm:flex-1" />
        <Tab href="/settings" label={t("settings")} icon={<Settings aria-hidden />} count={0} />
        <li className="flex justify-center py-2 max-sm:hidden">
          <button
            type="button"
            title={profiles("mine")}
            aria-label={profiles("mine")}
            aria-haspopup="dialog"
            onClick={() => show({ personId: me.id })}
            className="tap inline-flex items-center justify-center rounded-full"
          >
            <Avatar person={me} size={36} />
          </button>
        </li>
      </ul>
    </nav>
  );
}

type TabProps = { href: string; label: string; icon: ReactNode; count: number };

function Tab({ href, label, icon, count }: TabProps) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  const here = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <li className="flex-1 sm:flex-none">
      <ChatLink
        href={href}
        prefetch
        aria-current={here ? "page" : undefined}
        aria-label={count > 0 ? t("waiting", { label, count }) : label}
        className="relative flex h-14 flex-col items-center justify-center gap-0.5 rounded-2xl text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-[current=page]:text-accent-ink sm:aria-[current=page]:bg-accent-soft [&>svg]:size-6"
      >
        {icon}
        <span className="max-w-full truncate px-0.5 text-micro leading-4">{label}</span>
        <Badge value={count} className="absolute start-1/2 top-0.5 ms-1.5" />
      </ChatLink>
    </li>
  );
}
