"use client";

import {
  Camera,
  ChartBarDecreasing,
  File as FileIcon,
  Gift,
  Image as ImageIcon,
  ListOrdered,
  MapPin,
  Newspaper,
  UserRound,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Send } from "#client/messages/use-outbox.ts";
import { CardComposer } from "#components/messages/kinds/card/composer.tsx";
import { LocationComposer } from "#components/messages/kinds/location/composer.tsx";
import { NewsComposer } from "#components/messages/kinds/news/composer.tsx";
import { PollComposer } from "#components/messages/kinds/poll/composer.tsx";
import { SignupComposer } from "#components/messages/kinds/signup/composer.tsx";
import { useFileInput } from "#components/ui/file-input.tsx";
import { phonePanelHeight } from "#components/ui/panel-height.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import { SendPacketDialog } from "#components/wallet/send-packet-dialog.tsx";
import type { Conversation } from "#contracts/conversations.ts";

/** What every dialog behind a button of the panel gets. */
export type AttachmentMenuProps = {
  conversation: Conversation;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSend: Send;
};

type Composer = {
  name: "card" | "location" | "news" | "redPacket" | "poll" | "signup";
  icon: ReactNode;
  Dialog: (props: AttachmentMenuProps) => ReactNode;
};

/** One line per thing that can be sent besides words. */
const composers: readonly Composer[] = [
  { name: "location", icon: <MapPin />, Dialog: LocationComposer },
  { name: "card", icon: <UserRound />, Dialog: CardComposer },
  { name: "news", icon: <Newspaper />, Dialog: NewsComposer },
  { name: "redPacket", icon: <Gift />, Dialog: SendPacketDialog },
  { name: "poll", icon: <ChartBarDecreasing />, Dialog: PollComposer },
  { name: "signup", icon: <ListOrdered />, Dialog: SignupComposer },
];

/** What is sent to other people alone. */
const toOthers: ReadonlySet<Composer["name"]> = new Set(["redPacket", "poll", "signup"]);

/** What is picked as files. `capture`: a phone opens its camera. */
const pickers = [
  { name: "photo", icon: <ImageIcon />, accept: "image/*,video/*", multiple: true, capture: undefined },
  { name: "camera", icon: <Camera />, accept: "image/*", multiple: false, capture: "environment" },
  { name: "file", icon: <FileIcon />, accept: undefined, multiple: true, capture: undefined },
] as const;

type MenuProps = {
  conversation: Conversation;
  open: boolean;
  onDone: () => void;
  onFiles: (files: File[]) => void;
  onSend: Send;
};

/** The "+" panel under the field, where the keyboard was. */
export function AttachmentMenu({ conversation, open, onDone, onFiles, onSend }: MenuProps) {
  const t = useTranslations("messages.attachments");
  useBackLayer(open, onDone);
  const [chosen, setChosen] = useState<Composer["name"] | null>(null);
  const offered = composers.filter(({ name }) => conversation.kind !== "notes" || !toOthers.has(name));
  const choose = (name: Composer["name"]) => {
    setChosen(name);
    onDone();
  };
  const pick = (files: File[]) => {
    onDone();
    onFiles(files);
  };
  return (
    <>
      {open ? (
        <div
          id="attachment-menu"
          className={`pane-scroll mx-auto ${phonePanelHeight} max-w-3xl animate-panel border-line border-t px-2 pt-3 pb-4 sm:px-4`}
        >
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(4.5rem,1fr))] gap-2">
            {pickers.map(({ name, ...picker }) => (
              <li key={name}>
                <Picker label={t(name)} onFiles={pick} {...picker} />
              </li>
            ))}
            {offered.map(({ name, icon }) => (
              <li key={name}>
                <MenuButton icon={icon} label={t(name)} onClick={() => choose(name)} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {composers.map(({ name, Dialog }) => (
        <Dialog
          key={name}
          conversation={conversation}
          open={chosen === name}
          onOpenChange={(isOpen) => setChosen(isOpen ? name : null)}
          onSend={onSend}
        />
      ))}
    </>
  );
}

type PickerProps = Omit<(typeof pickers)[number], "name"> & { label: string; onFiles: (files: File[]) => void };

function Picker({ icon, ...picker }: PickerProps) {
  const { input, open } = useFileInput(picker);
  return (
    <>
      <MenuButton icon={icon} label={picker.label} onClick={open} />
      {input}
    </>
  );
}

function MenuButton({ icon, label, onClick }: { icon: ReactNode; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex w-full flex-col items-center gap-1.5 rounded-2xl py-2 text-ink-soft text-xs hover:bg-hover hover:text-ink"
    >
      <span
        aria-hidden
        className="flex size-14 items-center justify-center rounded-2xl border border-line bg-canvas text-ink [&>svg]:size-6"
      >
        {icon}
      </span>
      {label}
    </button>
  );
}
