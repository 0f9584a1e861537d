/** People for journeys: each with a browser context of their own, as on a machine of their own. */
import { randomBytes } from "node:crypto";
import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";

/** A kept connection that the server closes in the moment of its reuse is no fault of the messenger (ECONNRESET alone). */
export const maxRetries = 2;

export const password = "correct horse";
export type Visitor = { page: Page; name: string; handle: string; id: string };

/** Calls a procedure with the session of this page's browser; for what a journey is not about. */
export async function call<T = unknown>(page: Page, verb: string, input: unknown, headers = {}): Promise<T> {
  const response = await page.request.post(`/api/trpc/${verb}`, { data: input, headers, maxRetries });
  const answer = await response.json();
  if (!response.ok()) throw new Error(`${verb}: ${answer.error?.message}`);
  return answer.result.data;
}

export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  return context.newPage();
}

export const someHandle = (name: string) => `${name.toLowerCase()}_${randomBytes(4).toString("hex")}`;

/** Signs up by the form, as a newcomer does. */
export async function signUpByHand(page: Page, name: string): Promise<Visitor> {
  const handle = someHandle(/^[a-z]+$/i.test(name) ? name : "guest");
  await page.goto("/sign-up");
  await page.getByLabel("Display name").fill(name);
  await page.getByLabel("Handle").fill(handle);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL(/\/c$/);
  const me = await page.request.get("/api/trpc/accounts.me");
  return { page, name, handle, id: (await me.json()).result.data.id };
}

/** As behind a proxy: each comes from an address of their own, so that the throttles do not meet. */
const someAddress = () => ({ "x-forwarded-for": `10.${[...randomBytes(3)].join(".")}` });

/** The same without the form: for journeys that begin later. */
export async function arrive(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const page = await newPage(browser, options);
  const handle = someHandle(name);
  const headers = someAddress();
  const account = { handle, password, displayName: name };
  const { id } = await call<{ id: string }>(page, "accounts.signUp", account, headers);
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  await page.request.post("/api/auth/callback/credentials", {
    headers,
    maxRetries,
    form: { login: handle, password, csrfToken, json: "true" },
  });
  return { page, name, handle, id };
}

/** Friends, with the conversation open in both browsers. `options`: of the first one's browser. */
export async function together(browser: Browser, first = "Ann", second = "Ben", options: BrowserContextOptions = {}) {
  const [one, two] = [await arrive(browser, first, options), await arrive(browser, second)];
  await call(one.page, "friends.request", { personId: two.id });
  const { conversationId } = await call<{ conversationId: string }>(two.page, "friends.accept", { personId: one.id });
  for (const { page } of [one, two]) {
    await page.goto(`/c/${conversationId}`);
    await expect(page.locator("#composer")).toBeVisible();
  }
  return { one, two, conversationId };
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** The texts of the acknowledged messages on the screen (those with a number), from top to bottom. */
export async function expectStored(page: Page, texts: string[]): Promise<void> {
  const stored = page.locator("[data-seq] [data-bubble] > div > span:first-child");
  await expect
    .poll(() => stored.evaluateAll((spans) => spans.map((span) => span.textContent)), { timeout: 30_000 })
    .toEqual(texts);
}
