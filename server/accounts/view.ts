import { audience, type Self, type SessionItem } from "#contracts/accounts.ts";
import { type PersonRow, toPerson } from "#server/people/view.ts";

export type SelfRow = PersonRow & {
  mobile: string | null;
  mobileVerifiedAt: Date | null;
  email: string | null;
  findableByMobile: boolean;
  acceptAutomatically: boolean;
  sharesReceipts: boolean;
  presenceFor: string;
  addedBy: string;
  rev: number;
};

export function toSelf(row: SelfRow): Self {
  return {
    ...toPerson(row),
    mobile: row.mobile,
    mobileVerified: row.mobileVerifiedAt !== null,
    email: row.email,
    findableByMobile: row.findableByMobile,
    acceptAutomatically: row.acceptAutomatically,
    sharesReceipts: row.sharesReceipts,
    presenceFor: audience.parse(row.presenceFor),
    addedBy: row.addedBy as Self["addedBy"], // written through the same enum
    rev: row.rev,
  };
}

export type SessionRow = {
  id: string;
  kind: string;
  label: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
};

export function toSessionItem(row: SessionRow, currentId: string): SessionItem {
  return {
    id: row.id,
    kind: row.kind === "bearer" ? "bearer" : "cookie",
    label: row.label,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    current: row.id === currentId,
  };
}
