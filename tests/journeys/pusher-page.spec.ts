import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, test } from "@playwright/test";
import { pageApp, stack } from "#tests/_stack.ts";

/** The example as a process of its own; resolves with its address. */
async function startPage() {
  const child = spawn("node", ["--import", "tsx", "examples/pusher-page/main.ts"], {
    env: {
      ...process.env,
      APP_ID: pageApp.id,
      APP_KEY: pageApp.key,
      APP_SECRET: pageApp.secret,
      WORKER_PORT: new URL(stack().workerUrl).port,
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(child.stdout)) return { address: line, stop: () => child.kill() };
  throw new Error("the example ended before it said where it is");
}

test("a page with pusher-js and a backend with pusher talk through the worker, across its kill", async ({
  browser,
}) => {
  const { address, stop } = await startPage();
  try {
    const context = await browser.newContext();
    const [ada, lin] = [await context.newPage(), await context.newPage()];
    await ada.goto(`${address}/?name=Ada`);
    await lin.goto(`${address}/?name=Lin`);
    for (const page of [ada, lin]) await expect(page.locator("#here")).toHaveText("Ada, Lin");

    await ada.getByLabel("Say").pressSequentially("Hello, 林");
    await expect(lin.locator("#typing")).toHaveText("Ada is writing");
    await ada.getByRole("button", { name: "Send" }).click();
    for (const page of [ada, lin]) await expect(page.getByRole("listitem")).toHaveText("Ada: Hello, 林");

    await stack().worker.kill();
    for (const page of [ada, lin]) await expect(page.locator("#here")).toHaveText("nobody: no connection");
    await stack().worker.start();
    for (const page of [ada, lin]) await expect(page.locator("#here")).toHaveText("Ada, Lin", { timeout: 60_000 });
    await lin.getByLabel("Say").fill("Still here");
    await lin.getByRole("button", { name: "Send" }).click();
    await expect(ada.getByRole("listitem").last()).toHaveText("Lin: Still here");
    await lin.close();
    await expect(ada.locator("#here")).toHaveText("Ada");
  } finally {
    stop();
  }
});
