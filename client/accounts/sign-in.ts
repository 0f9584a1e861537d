import { isReason, type Reason } from "#contracts/refusals.ts";

type Answer = { ok: true } | { ok: false; reason: Reason; params: Record<string, string | number> };

async function csrfToken(): Promise<string> {
  const response = await fetch("/api/auth/csrf");
  const { csrfToken: token } = (await response.json()) as { csrfToken: string };
  return token;
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: "true" });
  return fetch(path, { method: "POST", body });
}

/** Signs this browser in by cookie. The refusal travels in the `error` of the address that next-auth answers. */
export async function signInHere(credentials: { login: string; password: string }): Promise<Answer> {
  try {
    const response = await post("/api/auth/callback/credentials", credentials);
    const { url } = (await response.json()) as { url?: string };
    const error = new URL(url ?? "", window.location.origin).searchParams.get("error");
    if (response.ok && !error) return { ok: true };
    const said = JSON.parse(error ?? "{}") as { reason?: string; params?: Record<string, string | number> };
    const known = said.reason !== undefined && isReason(said.reason);
    return { ok: false, reason: known ? (said.reason as Reason) : "internal_error", params: said.params ?? {} };
  } catch {
    return { ok: false, reason: "unavailable", params: {} };
  }
}

/** Ends this browser's session and forgets what it kept in this tab. */
export async function signOutHere(): Promise<void> {
  await post("/api/auth/signout", {});
  window.sessionStorage.clear();
}
