import type { Reason } from "#contracts/refusals.ts";

export type SignUpField = "handle" | "password" | "displayName" | "mobile" | "email";

/** Which field of the form a reason is about; null when it is about none of them. */
export function fieldOf(reason: Reason, path: unknown): SignUpField | null {
  if (reason.startsWith("handle_")) return "handle";
  if (reason.startsWith("password_")) return "password";
  if (reason.startsWith("mobile_")) return "mobile";
  if (reason.startsWith("email_")) return "email";
  if (path === "password" || path === "displayName") return path;
  return reason.startsWith("text_") ? "displayName" : null;
}
