import type { ReactNode } from "react";
import { ChatArea } from "#components/conversations/chat-area.tsx";

/** The list and the open conversation live here, so that going from one conversation to another keeps both mounted. */
export default function ChatLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ChatArea />
      {children}
    </>
  );
}
