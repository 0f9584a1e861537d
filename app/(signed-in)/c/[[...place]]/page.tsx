import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("conversations"))("title") };
}

/** `/c`, `/c/<conversation>`, its `/m/<seq>` and its `/media` are one page: the chat area reads the address itself. */
export default function ChatPage() {
  return null;
}
