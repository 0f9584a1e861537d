"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, CheckCheck, Laptop, Smartphone, Terminal } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { usePeople } from "#client/people/use-people.ts";
import { stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { DeviceClass, Information, Recipient } from "#contracts/receipts.ts";

type InformationProps = { message: Message; open: boolean; onOpenChange: (open: boolean) => void };

/** The passport of a message: where it is stored, which of my devices have it, and who has received and read it. */
export function MessageInformation({ message, open, onOpenChange }: InformationProps) {
  const t = useTranslations("messages.information");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")}>
      <Passport message={message} />
    </Dialog>
  );
}

function Passport({ message: { conversationId, seq } }: { message: Message }) {
  // Asked anew each time it is opened, and when receipts are told meanwhile.
  const query = useQuery({ ...useTRPC().messages.information.queryOptions({ conversationId, seq }), gcTime: 0 });
  const { status, retry } = stateOf(query);
  return (
    <QueryView status={status} retry={retry}>
      {query.data ? (
        <div className="flex flex-col gap-5">
          <Facts information={query.data} />
          <Devices devices={query.data.devices} />
          {query.data.recipients ? <Recipients recipients={query.data.recipients} hidden={query.data.hidden} /> : null}
        </div>
      ) : null}
    </QueryView>
  );
}

function Facts({ information }: { information: Information }) {
  const t = useTranslations("messages.information");
  const { whole } = useTimes();
  const { seq, rev, storedAt, editedAt, edits } = information;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      <Fact name={t("storedAt")}>
        <time dateTime={storedAt}>{whole(storedAt)}</time>
      </Fact>
      <Fact name={t("number")}>{t("numbers", { seq, rev })}</Fact>
      {editedAt === null ? null : (
        <Fact name={t("edited")}>
          {t("editedTimes", { edits })} · <time dateTime={editedAt}>{whole(editedAt)}</time>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

const deviceIcons: Record<DeviceClass, typeof Laptop> = { phone: Smartphone, computer: Laptop, program: Terminal };

function Devices({ devices }: Pick<Information, "devices">) {
  const t = useTranslations("messages.information");
  const { brief, whole } = useTimes();
  if (devices.length === 0) return null;
  return (
    <Part title={t("myDevices")}>
      {devices.map(({ device, at }) => {
        const Icon = deviceIcons[device];
        return (
          <li key={device} className="flex items-center gap-3 py-1">
            <Icon aria-hidden className="size-5 text-ink-soft" />
            <span className="flex-1">{t(`devices.${device}`)}</span>
            <time dateTime={at} title={whole(at)} className="text-ink-soft text-sm">
              {t("by", { time: brief(at) })}
            </time>
          </li>
        );
      })}
    </Part>
  );
}

type RecipientsProps = { recipients: readonly Recipient[]; hidden: number };

function Recipients({ recipients, hidden }: RecipientsProps) {
  const t = useTranslations("messages.information");
  const people = usePeople(recipients.map(({ personId }) => personId));
  const read = recipients.filter(({ state }) => state === "read");
  const delivered = recipients.filter(({ state }) => state === "delivered");
  const waiting = recipients.filter(({ state }) => state === "sent");
  const title = t("readBy", { read: read.length, of: recipients.length + hidden });
  return (
    <>
      {recipients.length > 0 ? (
        <Part title={title} icon={<CheckCheck aria-hidden className="size-4 text-accent" />}>
          <Names recipients={read} people={people} />
        </Part>
      ) : null}
      {delivered.length > 0 ? (
        <Part title={t("deliveredTo")} icon={<CheckCheck aria-hidden className="size-4" />}>
          <Names recipients={delivered} people={people} />
        </Part>
      ) : null}
      {waiting.length > 0 ? (
        <Part title={t("notYet")} icon={<Check aria-hidden className="size-4" />}>
          <Names recipients={waiting} people={people} />
        </Part>
      ) : null}
      {hidden > 0 ? <p className="text-ink-soft text-sm">{t("hidden", { hidden })}</p> : null}
    </>
  );
}

function Part({ title, icon, children }: { title: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 flex items-center gap-2 font-medium text-ink-soft text-sm">
        {icon}
        {title}
      </h3>
      <ul aria-label={title}>{children}</ul>
    </section>
  );
}

function Names({ recipients, people }: { recipients: readonly Recipient[]; people: ReturnType<typeof usePeople> }) {
  const t = useTranslations("messages");
  const { brief, whole } = useTimes();
  const nameIn = useDisplayNames();
  return recipients.map(({ personId, at }) => (
    <li key={personId} className="flex items-center gap-3 py-1">
      <Avatar person={people.get(personId)} size={32} />
      <span className="min-w-0 flex-1 truncate">
        <bdi>{nameIn(people, personId, t("someone"))}</bdi>
      </span>
      {at === null ? null : (
        <time dateTime={at} title={whole(at)} className="text-ink-soft text-sm">
          {t("information.by", { time: brief(at) })}
        </time>
      )}
    </li>
  ));
}
