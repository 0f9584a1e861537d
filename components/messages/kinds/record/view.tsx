"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { RecordCard } from "#components/messages/kinds/record/record-card.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

const RecordSheet = dynamic(() =>
  import("#components/messages/kinds/record/record-sheet.tsx").then((module) => module.RecordSheet),
);

/** 合并转发: a press opens the messages. */
export function RecordView({ content, conversationId, seq }: MessageViewProps<"record">) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <RecordCard record={content} tabIndex={-1} onOpen={() => setOpen(seq !== null)} />
      {open && seq !== null ? (
        <RecordSheet record={content} message={{ conversationId, seq }} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
