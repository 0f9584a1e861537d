import { expect, type Page, test } from "@playwright/test";
import postgres from "postgres";
import { stack } from "#tests/_stack.ts";
import { photo } from "#tests/journeys/_files.ts";
import { together } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 120_000 });

const articles = (page: Page) => page.locator("[role=article] [data-bubble]");
async function sendPhoto(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Attach something" }).click();
  const picked = await photo("sea.jpg", 1200, 800, "#26a");
  await page.getByLabel("Photo", { exact: true }).and(page.locator("input")).setInputFiles([picked]);
  await page.getByRole("dialog").getByRole("button", { name: "Send 1 file" }).click();
}

test("a photo that could not leave is on screen, survives a reload, and arrives when it can", async ({ browser }) => {
  const { one, two } = await together(browser);
  await one.page.context().route("**/parts/**", (route) => route.abort());
  await sendPhoto(one.page);
  await expect(articles(one.page).locator("img")).toHaveJSProperty("complete", true);
  await expect(one.page.getByRole("article", { name: /Photo.*sending/ })).toBeVisible();
  await one.page.locator("#composer").fill("words do not wait for it");
  await one.page.keyboard.press("Enter");
  await expect(articles(two.page)).toHaveText([/words do not wait/]);

  await one.page.reload();
  await expect(one.page.getByRole("article", { name: /Photo.*sending/ })).toBeVisible();
  await expect(articles(one.page).locator("img")).toHaveJSProperty("complete", true);
  await one.page.context().unroute("**/parts/**");
  await expect(articles(two.page)).toHaveCount(2, { timeout: 30_000 });
  await expect(two.page.getByRole("article", { name: /Photo/ }).locator("img")).toHaveJSProperty("complete", true);
  await expect(one.page.getByRole("article", { name: /Photo.*(sent|delivered|read)$/ })).toBeVisible();
});

test("a photo arrives although the jobs process is killed under it, and one that is taken back does not", async ({
  browser,
}) => {
  const { one, two } = await together(browser);
  await stack().jobs.kill();
  await sendPhoto(one.page);
  await expect(one.page.getByRole("article", { name: /Photo.*sending/ })).toBeVisible();
  await sendPhoto(one.page);
  await expect(one.page.getByRole("article", { name: /Photo.*sending/ })).toHaveCount(2);
  await one.page.getByRole("article").last().getByRole("button", { name: "Cancel" }).click();
  await expect(one.page.getByRole("article", { name: /Photo.*sending/ })).toHaveCount(1);
  await stack().jobs.start();
  await expect(articles(two.page)).toHaveCount(1, { timeout: 60_000 });
  await expect(one.page.getByRole("article", { name: /Photo.*(sent|delivered|read)$/ })).toHaveCount(1);
});

test("files that are sent together are stored in the order in which they were shown, whatever their sizes", async ({
  browser,
}) => {
  const { one, two } = await together(browser);
  await one.page.getByRole("button", { name: "Attach something" }).click();
  const sizes = { "first.bin": 6_000_000, "second.bin": 10, "third.bin": 3_000_000, "fourth.bin": 200 };
  const files = Object.entries(sizes).map(([name, bytes]) => ({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.alloc(bytes, name),
  }));
  await one.page.getByLabel("File", { exact: true }).and(one.page.locator("input")).setInputFiles(files);
  await one.page.getByRole("dialog").getByRole("button", { name: "Send 4 files" }).click();
  await expect(articles(two.page)).toHaveText([/first\.bin/, /second\.bin/, /third\.bin/, /fourth\.bin/], {
    timeout: 60_000,
  });
});

test("a conversation that is opened without a network says so, and appears when it is back", async ({ browser }) => {
  const { one, two, conversationId } = await together(browser);
  await two.page.goto("/c");
  await one.page.locator("#composer").fill("are you there?");
  await one.page.keyboard.press("Enter");
  await expect(two.page.getByRole("link", { name: /are you there/ })).toBeVisible();
  await two.page.reload();
  await expect(two.page.getByRole("link", { name: /are you there/ })).toBeVisible();
  await two.page.context().setOffline(true);
  await two.page.getByRole("link", { name: /are you there/ }).click();
  await expect(two.page).toHaveURL(new RegExp(conversationId));
  await expect(two.page.getByText(/You are offline\. This is loaded/)).toBeVisible();
  await two.page.context().setOffline(false);
  await expect(articles(two.page)).toHaveText([/are you there/]);
});

test("a picture is pasted into the field, and another one dropped onto the window", async ({ browser }) => {
  const { one, two } = await together(browser);
  const { page } = one;
  /** As the system does it: an event with a file in it, on whatever is under it. */
  const bring = (event: "paste" | "dragenter" | "drop", bytes: number[], text = "") =>
    page.evaluate(
      ([name, data, beside]) => {
        const transfer = new DataTransfer();
        if (beside !== "") transfer.setData("text/plain", beside);
        transfer.items.add(new File([new Uint8Array(data)], "shot.jpg", { type: "image/jpeg" }));
        const more = { bubbles: true, cancelable: true };
        const made =
          name === "paste"
            ? new ClipboardEvent(name, { ...more, clipboardData: transfer })
            : new DragEvent(name, { ...more, dataTransfer: transfer });
        (name === "paste" ? document.querySelector("#composer") : document.body)?.dispatchEvent(made);
      },
      [event, bytes, text] as const,
    );
  const dialog = page.getByRole("dialog");
  await bring("paste", [...(await photo("a.jpg", 400, 300, "#a52")).buffer]);
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await bring("paste", [...(await photo("a.jpg", 400, 300, "#a52")).buffer]);
  await dialog.getByRole("button", { name: "Send 1 file" }).click();
  await expect(articles(two.page)).toHaveCount(1, { timeout: 20_000 });

  // A file manager puts the file's name or path beside the file, in a line; an office program a picture beside its
  // text.
  for (const name of ["shot.jpg", "/home/ann/Pictures/shot.jpg\n"]) {
    await bring("paste", [...(await photo("a.jpg", 400, 300, "#a52")).buffer], name);
    await expect(dialog.getByRole("listitem")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
  await bring("paste", [...(await photo("a.jpg", 400, 300, "#a52")).buffer], "Quarterly figures");
  await expect(dialog).toBeHidden();

  await bring("dragenter", [1]);
  await expect(page.getByText("Drop files here to send them")).toBeVisible();
  await bring("drop", [...(await photo("b.jpg", 300, 400, "#25a")).buffer]);
  await expect(page.getByText("Drop files here to send them")).toBeHidden();
  await dialog.getByRole("button", { name: "Send 1 file" }).click();
  await expect(articles(two.page)).toHaveCount(2, { timeout: 20_000 });
});

test("a picture that is none is refused in words, and can be discarded", async ({ browser }) => {
  const { one } = await together(browser);
  // The browser shows it, so it is sent as a picture; the server looks closer.
  await one.page.evaluate(() => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext("2d");
    window.createImageBitmap = async () => canvas.transferToImageBitmap();
  });
  await one.page.getByRole("button", { name: "Attach something" }).click();
  const lie = { name: "cat.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg onload=alert(1)>") };
  await one.page.getByLabel("Photo", { exact: true }).and(one.page.locator("input")).setInputFiles([lie]);
  await one.page.getByRole("dialog").getByRole("button", { name: "Send 1 file" }).click();
  await expect(one.page.getByText("This kind of file cannot be shown. Send it as a file.")).toBeVisible({
    timeout: 20_000,
  });
  await one.page.getByRole("button", { name: "Discard" }).click();
  await expect(articles(one.page)).toHaveCount(0);
});

/** A thousand messages with one of a few pictures each, written as sending would write them. */
async function fill(conversationId: string, senderId: string, pictures: object[], count: number): Promise<void> {
  const sql = postgres(stack().databaseUrl, { max: 1 });
  const contents = pictures.map((picture) => JSON.stringify({ kind: "image", pictures: [picture], caption: "" }));
  await sql.begin(async (tx) => {
    await tx`
      insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview)
      select ${conversationId}, c.last_seq + n, c.rev + n, ${senderId}, gen_random_uuid(), 'image',
        (${contents}::text[])[1 + n % ${contents.length}]::jsonb, '[Photo]'
      from conversations c, generate_series(1, ${count}) n where c.id = ${conversationId}`;
    await tx`
      insert into attachments (file_id, conversation_id, seq)
      select (m.content -> 'pictures' -> 0 ->> 'fileId')::uuid, m.conversation_id, m.seq from messages m
      where m.conversation_id = ${conversationId} and m.kind = 'image' on conflict do nothing`;
    await tx`
      update conversations set last_seq = last_seq + ${count}, rev = rev + ${count} where id = ${conversationId}`;
    await tx`update memberships m set last_read_seq = c.last_seq from conversations c
      where c.id = m.conversation_id and c.id = ${conversationId}`;
  });
  await sql.end();
}

test("a conversation of a thousand pictures scrolls without a shift and without their full size", async ({
  browser,
}) => {
  const { one, two, conversationId } = await together(browser);
  const shapes = [
    [1600, 900],
    [800, 1200],
    [1000, 1000],
  ] as const;
  for (const [at, [width, height]] of shapes.entries()) {
    await one.page.getByRole("button", { name: "Attach something" }).click();
    const picked = await photo(`p${at}.jpg`, width, height, `hsl(${at * 90} 60% 45%)`);
    await one.page.getByLabel("Photo", { exact: true }).and(one.page.locator("input")).setInputFiles([picked]);
    await one.page.getByRole("dialog").getByRole("button", { name: "Send 1 file" }).click();
    await expect(one.page.getByRole("article", { name: /Photo.*(sent|delivered|read)$/ })).toHaveCount(at + 1, {
      timeout: 20_000,
    });
  }
  type Page = { messages: { content: { kind: string; pictures?: object[] } }[] };
  const input = encodeURIComponent(JSON.stringify({ conversationId }));
  const answer = await one.page.request.get(`/api/trpc/messages.page?input=${input}`);
  const { messages }: Page = (await answer.json()).result.data;
  await fill(
    conversationId,
    one.id,
    messages.flatMap(({ content }) => content.pictures ?? []),
    1_000,
  );

  const fetched: string[] = [];
  two.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await two.page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await two.page.goto(`/c/${conversationId}`);
  const region = two.page.getByRole("region", { name: "Messages" });
  await expect(region.getByRole("article").last()).toBeVisible();
  await two.page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.splice(0)); // what opening the page did
  const scroller = region.locator(".pane-scroll").first();
  await scroller.hover();
  const seen = new Set<string>();
  const look = async () => {
    const rows = region.locator("[data-seq]");
    for (const seq of await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-seq")))) {
      if (seq) seen.add(seq);
    }
  };
  const beginning = region.getByText("This is where the conversation begins.");
  for (let turn = 0; turn < 400 && !(await beginning.isVisible()); turn += 1) {
    await two.page.mouse.wheel(0, -4_000);
    await look();
  }
  await expect(beginning).toBeVisible();
  await look();
  expect(seen.size).toBeGreaterThanOrEqual(1_003);
  const shifts = await two.page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBe(0);
  const media = fetched.filter((path) => path.startsWith("/api/media/"));
  expect(media.length).toBeGreaterThan(0);
  expect(media.filter((path) => !path.endsWith("/thumb"))).toEqual([]);
});
